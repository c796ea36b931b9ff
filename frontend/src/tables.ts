/** The same network as tables: actors, ties, violated ties. */

import type { Case } from "./case";
import { button, h } from "./element";
import { bar } from "./bar";
import { signWord } from "./sign";
import { tag } from "./glyph";
import { pairKey } from "./pair";
import type { State, Store } from "./state";
import { Table } from "./table";
import type { Actor, Statement, Tie } from "./view";
import { amount, clipped, holds, percent, plural, signed } from "./words";

export class Tables {
  readonly element: HTMLElement;
  private readonly actors: Table<Actor>;
  private readonly ties: Table<Tie>;
  private readonly statements: Table<Statement>;
  /** Pairs whose tie goes against the split shown. */
  private against: ReadonlySet<string> = new Set();
  private readonly counted = h("p", { class: "counted", role: "status" });
  private readonly contested = h("input", { type: "checkbox", id: "only-contested" });
  private readonly violated = h("input", { type: "checkbox", id: "only-violated" });

  constructor(
    private readonly cases: Case,
    private readonly store: Store,
  ) {
    this.actors = this.actorTable();
    this.ties = this.tieTable();
    this.statements = this.statementTable();
    for (const box of [this.contested, this.violated]) box.addEventListener("change", () => this.update(this.store.state));
    this.element = h(
      "div",
      { class: "tables" },
      h("section", { id: "actors" }, h("h2", {}, "Actors"), this.actors.element),
      h(
        "section",
        { id: "ties" },
        h("h2", {}, "Ties"),
        h(
          "p",
          { class: "filters" },
          h("label", { for: "only-contested" }, this.contested, " only contested"),
          h("label", { for: "only-violated" }, this.violated, " only those against the split"),
        ),
        this.counted,
        this.ties.element,
      ),
      h("section", { id: "statements", class: "wide" }, h("h2", {}, "Statements"), this.statements.element),
    );
  }

  update(state: State): void {
    const network = this.cases.network(state);
    this.against = new Set(this.cases.split(state)?.answer.violated.map((tie) => pairKey(tie.a, tie.b)) ?? []);
    this.actors.show(network.actors);
    const rows = network.ties.filter(
      (tie) =>
        (!this.contested.checked || tie.contested) &&
        (!this.violated.checked || this.against.has(pairKey(tie.a, tie.b))),
    );
    this.counted.textContent = `${rows.length} of ${plural(network.ties.length, "tie")}, ${network.label}`;
    this.ties.show(rows);
    this.statements.show(this.cases.said(network));
  }

  private actorTable(): Table<Actor> {
    const coalition = (actor: Actor): string => this.cases.split(this.store.state)?.of.get(actor.name)?.name ?? "~";
    const firmness = (actor: Actor): number | undefined =>
      this.cases.split(this.store.state)?.answer.firmness[actor.name];
    return new Table<Actor>(
      "Actors",
      [
        { title: "Actor", key: (actor) => actor.name, cell: (actor) => this.actorLink(actor.name) },
        { title: "Kind", key: (actor) => actor.kind, cell: (actor) => actor.kind },
        { title: "Coalition", key: coalition, cell: (actor) => tag(this.cases.split(this.store.state)?.of.get(actor.name)) },
        { title: "Firmness", key: (actor) => firmness(actor) ?? -2, cell: (actor) => bar(firmness(actor)), numeric: true },
        { title: "On what", key: (actor) => actor.told ?? "", cell: (actor) => actor.told ?? "" },
        { title: "With", key: (actor) => actor.positive, cell: (actor) => amount(actor.positive), numeric: true },
        { title: "Against", key: (actor) => actor.negative, cell: (actor) => amount(actor.negative), numeric: true },
        { title: "Ties", key: (actor) => actor.ties, cell: (actor) => String(actor.ties), numeric: true },
      ],
      { column: 2, down: false },
      (actor) => {
        const { selection } = this.store.state;
        return selection.kind === "actor" && selection.name === actor.name;
      },
    );
  }

  private tieTable(): Table<Tie> {
    return new Table<Tie>(
      "Ties",
      [
        {
          title: "Between",
          key: (tie) => `${tie.a} ${tie.b}`,
          cell: (tie) =>
            button(
              { class: "link" },
              () => this.store.select({ kind: "tie", a: tie.a, b: tie.b }),
              `${clipped(tie.a, 40)} – ${clipped(tie.b, 40)}`,
            ),
        },
        { title: "Sign", key: (tie) => Math.sign(tie.weight), cell: (tie) => signWord(tie.weight) },
        { title: "Sum", key: (tie) => tie.weight, cell: (tie) => signed(tie.weight), numeric: true },
        { title: "With", key: (tie) => tie.positive, cell: (tie) => amount(tie.positive), numeric: true },
        { title: "Against", key: (tie) => tie.negative, cell: (tie) => amount(tie.negative), numeric: true },
        { title: "Statements", key: (tie) => tie.count, cell: (tie) => String(tie.count), numeric: true },
        { title: "Notes", key: (tie) => this.notes(tie), cell: (tie) => this.notes(tie) },
        { title: "Said by", key: (tie) => tie.sources.join(), cell: (tie) => clipped(tie.sources.join(", "), 80) },
      ],
      { column: 5, down: true },
      (tie) => {
        const { selection } = this.store.state;
        return selection.kind === "tie" && pairKey(selection.a, selection.b) === pairKey(tie.a, tie.b);
      },
    );
  }

  private statementTable(): Table<Statement> {
    const claim = (stmt: Statement): string => this.cases.claim(stmt);
    const date = (stmt: Statement): string => stmt.date ?? this.cases.origin(stmt)?.date ?? "";
    return new Table<Statement>(
      "Statements",
      [
        {
          title: "Claim",
          key: claim,
          cell: (stmt) => button({ class: "link" }, () => this.store.select({ kind: "statement", id: stmt.id }), claim(stmt)),
        },
        { title: "Sign", key: (stmt) => stmt.polarity, cell: (stmt) => (stmt.polarity === 0 ? "neither" : signWord(stmt.polarity)) },
        { title: "Weight", key: (stmt) => stmt.weight, cell: (stmt) => amount(stmt.weight / 10), numeric: true },
        { title: "Put as", key: holds, cell: holds },
        { title: "Date", key: date, cell: date },
        { title: "Confidence", key: (stmt) => stmt.confidence, cell: (stmt) => percent(stmt.confidence), numeric: true },
        { title: "Said by", key: (stmt) => stmt.source.join(" › "), cell: (stmt) => clipped(stmt.source.join(" › "), 80) },
      ],
      { column: 6, down: false },
      (stmt) => {
        const { selection } = this.store.state;
        return selection.kind === "statement" && selection.id === stmt.id;
      },
    );
  }

  private notes(tie: Tie): string {
    const violated = this.against.has(pairKey(tie.a, tie.b));
    return [tie.contested ? "contested" : "", violated ? "against the split" : ""].filter((note) => note !== "").join(", ");
  }

  private actorLink(name: string): HTMLElement {
    return button({ class: "link" }, () => this.store.select({ kind: "actor", name }), clipped(name));
  }
}
