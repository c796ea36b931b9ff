/** The network as a picture: ties, hulls, actors and their names. It draws a scene and says what was pointed at. */

import { Camera } from "./camera";
import { shape, type Split } from "./coalition";
import { s } from "./element";
import type { Extent } from "./extent";
import { hull, type Point } from "./hull";
import { freest, place, type Box, type Wish } from "./labels";
import { textWidth } from "./measure";
import { outlined, titleBoxes } from "./outline";
import { pairKey } from "./pair";
import type { Selection } from "./state";
import { tieLines, tieMarks } from "./strokes";
import type { Actor, Network, Tie } from "./view";
import { clipped, sign, signed, tieSentence } from "./words";

export interface Scene {
  readonly network: Network;
  readonly split: Split | null;
}

export interface Options {
  /** A small multiple: names only where they fit, no gestures. */
  readonly small: boolean;
  /** The frame that all networks of the view share. */
  readonly extent: Extent;
  readonly select?: (selection: Selection) => void;
  /** What the pointer is on, as words; null when on nothing. */
  readonly hint?: (words: string | null, x: number, y: number) => void;
}

interface DrawnTie {
  readonly tie: Tie;
  readonly group: SVGGElement;
  readonly lines: readonly SVGLineElement[];
  readonly marks: readonly SVGGElement[];
}

interface DrawnActor {
  readonly actor: Actor;
  readonly group: SVGGElement;
  readonly label: SVGTextElement | null;
}

/** Up to so many actors every name is shown; beyond, those that fit. */
const ALL_NAMES = 40;
/** Up to so many ties each has a wide invisible line that is easy to hit. */
const EASY_TIES = 2000;
const LONGEST_NAME = 26;
const MANY_MARKS = 24;

export class Drawing {
  readonly element: SVGSVGElement;
  readonly camera: Camera;
  private readonly hulls = s("g", { class: "hulls", "aria-hidden": "true" });
  private readonly titles = s("g", { class: "hull-titles", "aria-hidden": "true" });
  private readonly tieLayer = s("g", { class: "ties" });
  private readonly markLayer = s("g", { class: "marks", "aria-hidden": "true" });
  private readonly actorLayer = s("g", { class: "actors" });
  private readonly labelLayer = s("g", { class: "labels", "aria-hidden": "true" });
  private scene: Scene = { network: { source: null, label: "", actors: [], ties: [], answers: [] }, split: null };
  private ties: DrawnTie[] = [];
  private actors = new Map<string, DrawnActor>();
  private places = new Map<string, Point>();
  private width = 0;
  private height = 0;
  private selection: Selection = { kind: "none" };
  private pending = 0;

  constructor(private readonly options: Options) {
    this.element = s(
      "svg",
      { class: options.small ? "drawing small" : "drawing", role: options.small ? "img" : "group" },
      this.hulls,
      this.tieLayer,
      this.markLayer,
      this.titles,
      this.labelLayer,
      this.actorLayer,
    );
    this.camera = new Camera(() => {
      this.schedule();
    });
    if (!options.small) {
      this.camera.attach(this.element);
      this.element.addEventListener("click", (event) => {
        if (event.target === this.element) this.options.select?.({ kind: "none" });
      });
    }
    new ResizeObserver(() => {
      this.measure();
    }).observe(this.element);
  }

  /** Draw another network or split. */
  show(scene: Scene): void {
    this.scene = scene;
    const { network, split } = scene;
    const names = split?.coalitions.filter((one) => one.letter).length ?? 0;
    this.element.setAttribute(
      "aria-label",
      `Network of ${network.actors.length} actors and ${network.ties.length} ties, ${names} coalitions: ${network.label}`,
    );
    this.drawTies();
    this.drawActors();
    this.measure();
  }

  /** Mark what is selected. */
  mark(selection: Selection): void {
    this.selection = selection;
    const near = this.touching(selection);
    this.element.classList.toggle("focused", near !== null);
    for (const { actor, group, label } of this.actors.values()) {
      const on = near?.actors.has(actor.name) ?? false;
      group.classList.toggle("on", on);
      label?.classList.toggle("on", on);
      const chosen = selection.kind === "actor" && selection.name === actor.name;
      group.classList.toggle("chosen", chosen);
    }
    for (const { tie, group, marks } of this.ties) {
      const on = near?.ties.has(tie) ?? false;
      for (const part of [group, ...marks]) part.classList.toggle("on", on);
    }
    this.schedule();
  }

  /** Give keyboard focus to an actor. */
  focus(name: string): void {
    const drawn = this.actors.get(name);
    const point = this.places.get(name);
    if (drawn === undefined || point === undefined) return;
    for (const other of this.actors.values()) other.group.setAttribute("tabindex", "-1");
    drawn.group.setAttribute("tabindex", "0");
    this.camera.reveal(point, this.size);
    drawn.group.focus({ preventScroll: true });
  }

  /** The actor nearest to `name` in the direction (dx, dy), by distance and angle. */
  neighbour(name: string, dx: number, dy: number): string | null {
    const here = this.places.get(name);
    if (here === undefined) return null;
    let [best, least]: [string | null, number] = [null, Infinity];
    for (const [other, [x, y]] of this.places) {
      const along = (x - here[0]) * dx + (y - here[1]) * dy;
      const aside = Math.abs((x - here[0]) * dy - (y - here[1]) * dx);
      if (other === name || along <= 0 || aside > 2 * along) continue;
      const cost = along + 2 * aside;
      if (cost < least) [best, least] = [other, cost];
    }
    return best;
  }

  get size(): { width: number; height: number } {
    return { width: this.width, height: this.height };
  }

  private touching(selection: Selection): { actors: Set<string>; ties: Set<Tie> } | null {
    const all = this.scene.network.ties;
    if (selection.kind === "actor") {
      const ties = all.filter((tie) => tie.a === selection.name || tie.b === selection.name);
      return { actors: new Set([selection.name, ...ties.flatMap((tie) => [tie.a, tie.b])]), ties: new Set(ties) };
    }
    if (selection.kind === "tie") {
      const ties = all.filter(
        (tie) =>
          (tie.a === selection.a && tie.b === selection.b) || (tie.a === selection.b && tie.b === selection.a),
      );
      return { actors: new Set([selection.a, selection.b]), ties: new Set(ties) };
    }
    if (selection.kind === "statement") {
      const ties = all.filter((tie) => tie.statements.includes(selection.id));
      return { actors: new Set(ties.flatMap((tie) => [tie.a, tie.b])), ties: new Set(ties) };
    }
    if (selection.kind === "coalition") {
      const chosen = this.scene.split?.coalitions.find((one) => one.name === selection.name);
      if (chosen === undefined) return null;
      const members = new Set(chosen.members);
      return { actors: members, ties: new Set(all.filter((tie) => members.has(tie.a) && members.has(tie.b))) };
    }
    return null;
  }

  private drawTies(): void {
    const { network, split } = this.scene;
    const violated = new Set(split?.answer.violated.map((tie) => pairKey(tie.a, tie.b)) ?? []);
    const heaviest = Math.max(1e-9, ...network.ties.map((tie) => Math.abs(tie.weight)));
    const crowded = Math.min(1, 6 / Math.sqrt(network.ties.length + 1));
    // The heaviest ties lie on top.
    const sorted = [...network.ties].sort((one, other) => Math.abs(one.weight) - Math.abs(other.weight));
    const easy = !this.options.small && sorted.length <= EASY_TIES;
    this.tieLayer.style.setProperty("--faint", String(Math.max(0.3, crowded)));
    this.ties = sorted.map((tie) => {
      const breaks = violated.has(pairKey(tie.a, tie.b));
      const thickest = this.options.small ? 3 : 7;
      const share = Math.sqrt(Math.abs(tie.weight) / heaviest) * (0.12 + 0.88 * crowded);
      const lines = tieLines(tie, (this.options.small ? 0.8 : 1.4) + (thickest - 1) * share, easy);
      const group = s(
        "g",
        { class: ["tie", sign(tie.weight), tie.contested ? "contested" : "", breaks ? "violated" : ""].join(" ") },
        ...lines,
      );
      if (!this.options.small) {
        const words = tieSentence(tie) + (breaks ? "; goes against this split" : "");
        this.listen(group, () => words, { kind: "tie", a: tie.a, b: tie.b });
      }
      return { tie, group, lines, marks: this.options.small ? [] : tieMarks(tie.contested, breaks) };
    });
    this.tieLayer.replaceChildren(...this.ties.map((drawn) => drawn.group));
    this.markLayer.replaceChildren(...this.ties.flatMap((drawn) => drawn.marks));
  }

  private drawActors(): void {
    const { network, split } = this.scene;
    const { small } = this.options;
    const focused = [...this.actors].find(([, drawn]) => drawn.group.getAttribute("tabindex") === "0")?.[0];
    const r = small ? 4 : network.actors.length > 200 ? 5 : network.actors.length > 60 ? 6.5 : 9;
    const drawn = network.actors.map((actor): DrawnActor => {
      const coalition = split?.of.get(actor.name);
      const look = coalition?.look ?? -1;
      const group = s(
        "g",
        small
          ? { class: `actor look${look}` }
          : {
              class: `actor look${look}`,
              role: "button",
              tabindex: "-1",
              "data-actor": actor.name,
              "aria-label": `${clipped(actor.name)}, ${coalition?.name ?? "no coalition"}`,
            },
        s("path", { d: shape(look, r) }),
        small ? s("title", {}, clipped(actor.name)) : null,
      );
      if (!small) {
        const words = `${clipped(actor.name)} (${actor.kind}), ${coalition?.name ?? "no coalition"}: with ${signed(
          actor.positive,
        )}, against ${signed(-actor.negative)}${actor.told ? `; ${actor.told}` : ""}`;
        this.listen(group, () => words, { kind: "actor", name: actor.name });
      }
      const named = !small || network.actors.length <= ALL_NAMES;
      const label = named ? s("text", { class: actor.thin ? "name thin" : "name" }, clipped(actor.name, small ? 16 : LONGEST_NAME)) : null;
      return { actor, group, label };
    });
    this.actors = new Map(drawn.map((one) => [one.actor.name, one]));
    const first = this.actors.get(focused ?? "") ?? drawn[0];
    if (!small) first?.group.setAttribute("tabindex", "0");
    this.actorLayer.replaceChildren(...drawn.map((one) => one.group));
    this.labelLayer.replaceChildren(...drawn.flatMap((one) => (one.label ? [one.label] : [])));
  }

  private listen(group: SVGGElement, words: () => string, selection: Selection): void {
    const hint = (event: MouseEvent): void => this.options.hint?.(words(), event.clientX, event.clientY);
    group.addEventListener("pointerenter", hint);
    group.addEventListener("pointermove", hint);
    group.addEventListener("pointerleave", () => this.options.hint?.(null, 0, 0));
    group.addEventListener("click", () => this.options.select?.(selection));
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.options.select?.(selection);
    });
  }

  /** Fit the positions (unit square) into the frame. */
  private measure(): void {
    const { width, height } = this.element.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    [this.width, this.height] = [width, height];
    const { actors } = this.scene.network;
    // A tall frame shows the picture turned, so that its long side has room.
    const tall = height > width * 1.15;
    const raw = actors.map((actor): Point => (tall ? [actor.y, actor.x] : [actor.x, actor.y]));
    const side = this.options.small ? 16 : Math.min(70, width * 0.13);
    const ends = this.options.small ? 26 : 46;
    const { extent } = this.options;
    const [[x0, x1], [y0, y1]] = tall ? [extent.y, extent.x] : [extent.x, extent.y];
    const room = [Math.max(width - 2 * side, 10), Math.max(height - 2 * ends, 10)] as const;
    const fit = [room[0] / Math.max(x1 - x0, 1e-6), room[1] / Math.max(y1 - y0, 1e-6)] as const;
    // Stretching by up to a half uses the frame and keeps the shape of the layout.
    const least = Math.min(...fit);
    const scale = [Math.min(fit[0], least * 1.5), Math.min(fit[1], least * 1.5)] as const;
    this.places = new Map(
      actors.map((actor, i) => [
        actor.name,
        [
          width / 2 + (raw[i]![0] - (x0 + x1) / 2) * scale[0],
          height / 2 + (raw[i]![1] - (y0 + y1) / 2) * scale[1],
        ] as const,
      ]),
    );
    this.element.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.settle();
  }

  private schedule(): void {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.settle();
    });
  }

  /** Put everything where the camera says. */
  private settle(): void {
    this.pending = 0;
    const at = new Map([...this.places].map(([name, point]) => [name, this.camera.project(point)] as const));
    // Many marks would hide what they mark.
    const size = this.markLayer.childElementCount > MANY_MARKS ? 0.6 : 1;
    for (const { tie, lines, marks } of this.ties) {
      const [a, b] = [at.get(tie.a), at.get(tie.b)];
      if (a === undefined || b === undefined) continue;
      for (const line of lines) {
        line.setAttribute("x1", a[0].toFixed(1));
        line.setAttribute("y1", a[1].toFixed(1));
        line.setAttribute("x2", b[0].toFixed(1));
        line.setAttribute("y2", b[1].toFixed(1));
      }
      marks.forEach((mark, i) => {
        const share = marks.length === 1 ? 0.5 : 0.42 + 0.16 * i;
        mark.setAttribute("transform", `translate(${mix(a[0], b[0], share)} ${mix(a[1], b[1], share)}) scale(${size})`);
      });
    }
    for (const { actor, group } of this.actors.values()) {
      const point = at.get(actor.name);
      if (point) group.setAttribute("transform", `translate(${point[0].toFixed(1)} ${point[1].toFixed(1)})`);
    }
    const taken = this.drawHulls(at);
    this.placeNames(at, taken);
  }

  private drawHulls(at: ReadonlyMap<string, Point>): readonly Box[] {
    const reach = this.options.small ? 11 : 25;
    const layers: SVGElement[] = [];
    const titles: SVGElement[] = [];
    const taken = actorBoxes(at, this.options.small ? 5 : 9);
    for (const coalition of this.scene.split?.coalitions ?? []) {
      if (!coalition.letter) continue;
      const inside = new Set(coalition.members);
      const members = coalition.members.flatMap((name) => (at.has(name) ? [at.get(name)!] : []));
      if (members.length === 0) continue;
      const others = [...at].filter(([name]) => !inside.has(name)).map(([, point]) => point);
      const { path, closed } = hull(members, others, reach);
      const look = `look${coalition.look}`;
      layers.push(outlined(path, closed, reach, look));
      const words = this.options.small ? coalition.letter : coalition.name;
      const box = freest(titleBoxes(members, reach, words.length * 7.8), taken, this.frame);
      if (box === null) continue;
      taken.push(box);
      const spot = { x: (box.x + box.width / 2).toFixed(1), y: (box.y + box.height - 4).toFixed(1) };
      titles.push(s("text", { class: `hull-title ${look}`, ...spot }, words));
    }
    this.hulls.replaceChildren(...layers);
    this.titles.replaceChildren(...titles);
    return taken;
  }

  private placeNames(at: ReadonlyMap<string, Point>, taken: readonly Box[]): void {
    const drawn = [...this.actors.values()].sort((one, other) => this.rank(other) - this.rank(one));
    const everyone = drawn.length <= ALL_NAMES && !this.options.small;
    const first = drawn.find((one) => one.label)?.label;
    if (!first) return;
    const { font } = getComputedStyle(first);
    const wishes = drawn.map(({ actor, label, group }): Wish => {
      const [x, y] = at.get(actor.name) ?? [0, 0];
      const width = textWidth(label?.textContent ?? "", font) + 4;
      const must = everyone || group.classList.contains("chosen");
      return { x, y, width, height: this.options.small ? 12 : 15, offset: this.options.small ? 6 : 11, must };
    });
    place(wishes, taken, this.frame).forEach((box, i) => {
      const label = drawn[i]!.label;
      if (label === null) return;
      label.classList.toggle("hidden", box === null);
      if (box === null) return;
      label.setAttribute("x", (box.x + box.width / 2).toFixed(1));
      label.setAttribute("y", (box.y + box.height - 3.5).toFixed(1));
    });
  }

  private get frame(): Box {
    return { x: 2, y: 2, width: this.width - 4, height: this.height - 4 };
  }

  /** Whose name matters most: what is selected, then who has the most ties. */
  private rank({ actor, group }: DrawnActor): number {
    const chosen = group.classList.contains("chosen") ? 2e9 : 0;
    const on = this.selection.kind !== "none" && group.classList.contains("on") ? 1e9 : 0;
    return chosen + on + actor.ties;
  }
}

function actorBoxes(at: ReadonlyMap<string, Point>, r: number): Box[] {
  return [...at.values()].map(([x, y]) => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r }));
}

function mix(from: number, to: number, share: number): string {
  return (from + (to - from) * share).toFixed(1);
}
