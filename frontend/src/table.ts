/** A table whose columns sort on click; it knows nothing of networks. */

import { button, h } from "./element";

export interface Column<Row> {
  readonly title: string;
  /** What the column sorts by. */
  readonly key: (row: Row) => string | number;
  readonly cell: (row: Row) => Node | string;
  readonly numeric?: boolean;
}

/** Long tables show so many rows until asked for all. */
const AT_ONCE = 200;

export class Table<Row> {
  readonly element: HTMLElement;
  private readonly head = h("tr");
  private readonly body = h("tbody");
  private readonly foot = h("p", { class: "more-rows" });
  private rows: readonly Row[] = [];
  private all = false;

  constructor(
    title: string,
    private readonly columns: readonly Column<Row>[],
    private sorted: { column: number; down: boolean },
    private readonly marked: (row: Row) => boolean,
  ) {
    const table = h("table", {}, h("caption", { class: "unseen" }, title), h("thead", {}, this.head), this.body);
    this.element = h("div", {}, h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, table), this.foot);
  }

  show(rows: readonly Row[]): void {
    this.rows = rows;
    this.draw();
  }

  private draw(): void {
    const { column, down } = this.sorted;
    const key = this.columns[column]!.key;
    const sorted = this.rows
      .map((row) => ({ row, by: key(row) }))
      .sort((one, other) => compare(one.by, other.by) * (down ? -1 : 1))
      .map(({ row }) => row);
    this.head.replaceChildren(...this.columns.map((one, i) => this.heading(one, i)));
    const shown = this.all ? sorted : sorted.slice(0, AT_ONCE);
    this.body.replaceChildren(
      ...shown.map((row) =>
        h(
          "tr",
          { class: this.marked(row) ? "chosen" : null },
          ...this.columns.map((one) => h("td", { class: one.numeric ? "number" : null }, one.cell(row))),
        ),
      ),
    );
    const hidden = sorted.length - shown.length;
    const more = button({ class: "more" }, () => {
      this.all = true;
      this.draw();
    }, `Show all ${sorted.length} rows`);
    this.foot.replaceChildren(...(hidden > 0 ? [more] : sorted.length === 0 ? ["No rows."] : []));
  }

  private heading(one: Column<Row>, i: number): HTMLElement {
    const { column, down } = this.sorted;
    const order = i === column ? (down ? "descending" : "ascending") : "none";
    const arrow = i === column ? (down ? " ↓" : " ↑") : "";
    const sort = button({ class: "sort" }, () => {
      this.sorted = { column: i, down: i === column ? !down : Boolean(one.numeric) };
      this.draw();
      this.head.querySelectorAll("button")[i]?.focus();
    }, one.title, h("span", { "aria-hidden": "true" }, arrow));
    return h("th", { scope: "col", "aria-sort": order, class: one.numeric ? "number" : null }, sort);
  }
}

const ORDER = new Intl.Collator("en", { numeric: true });

function compare(one: string | number, other: string | number): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return ORDER.compare(String(one), String(other));
}
