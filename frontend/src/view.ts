/** The data contract "allegiance-view/1", as `report/view.py` writes it. Nothing is derived here. */

export const FORMAT = "allegiance-view/1";

export interface Origin {
  readonly outlet: string;
  readonly title: string;
  readonly author: string;
  readonly date: string | null;
  readonly url: string;
}

export interface Evidence {
  readonly document?: string;
  readonly quote?: string;
  /** Further spans of the document, as start and end. */
  readonly also?: readonly (readonly [number, number])[];
  readonly dataset?: string;
  readonly row?: string;
}

export interface Statement {
  readonly id: string;
  readonly source: readonly string[];
  readonly actor: string;
  readonly act: string;
  readonly target: string;
  readonly polarity: number;
  /** Integer tenths. */
  readonly weight: number;
  readonly modality: string;
  readonly negated: boolean;
  readonly date: string | null;
  readonly evidence: Evidence;
  readonly confidence: number;
  readonly reader: string;
  readonly rule: string;
  readonly marking: string;
  readonly actor_text: string;
  readonly target_text: string;
  readonly qualifiers: Readonly<Record<string, string>>;
  readonly before: string;
  readonly after: string;
  /** The outlets that had the text or a copy of it. */
  readonly report_in?: readonly string[];
}

export interface Actor {
  readonly name: string;
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly positive: number;
  readonly negative: number;
  readonly ties: number;
  /** How much speaks of it, in words. */
  readonly told?: string;
  /** Whether that is too little; its name is then pale. */
  readonly thin?: boolean;
}

export interface Tie {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  readonly positive: number;
  readonly negative: number;
  readonly count: number;
  readonly sources: readonly string[];
  readonly contested: boolean;
  readonly statements: readonly string[];
}

export interface ViolatedTie {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  readonly statements: readonly string[];
}

export interface Answer {
  readonly k: number | "any";
  readonly value: number;
  readonly lower_bound: number;
  readonly proved: boolean;
  readonly gap: number;
  readonly method: string;
  readonly seconds: number;
  readonly coalitions: readonly (readonly string[])[];
  readonly violated: readonly ViolatedTie[];
  readonly firmness: Readonly<Record<string, number>>;
  readonly unaffiliated: readonly string[];
}

export interface Network {
  readonly source: string | null;
  readonly label: string;
  readonly actors: readonly Actor[];
  readonly ties: readonly Tie[];
  readonly answers: readonly Answer[];
}

export type StepKind = "incident" | "agreement" | "admission" | "exclusion" | "disbelief" | "omission" | "closure";

/** A step as `--json` has it: what is empty or certain is left out. Weight in units. */
export interface ReadyStep {
  readonly kind: StepKind;
  readonly actors?: readonly string[];
  readonly weight?: number;
  readonly source?: string;
  readonly goods?: string;
  readonly label?: string;
  readonly requires?: string;
  readonly unless?: string;
  readonly because?: string;
  readonly probability?: number;
  readonly statements?: readonly string[];
}

export interface ReadyScenario {
  readonly origin: "kept" | "offered";
  readonly name: string;
  readonly note: string;
  readonly steps: readonly ReadyStep[];
}

/** What comes behind `allegiance whatif`, so that it is asked about these networks. */
export interface Asking {
  readonly case: string;
  readonly options: readonly string[];
}

export interface View {
  readonly format: string;
  readonly title: string;
  readonly generated_by: string;
  readonly note: string;
  /** Verb phrases by act. */
  readonly acts: Readonly<Record<string, string>>;
  readonly asking: Asking;
  readonly scenarios: readonly ReadyScenario[];
  readonly documents: Readonly<Record<string, Origin>>;
  readonly statements: readonly Statement[];
  readonly networks: readonly Network[];
}

/** Read a view from JSON; throws with one sentence for the reader when it is of another version. */
export function parseView(text: string): View {
  const view = JSON.parse(text) as Partial<View>;
  if (view.format !== FORMAT) {
    throw new Error(`This page shows data of the form ${FORMAT}, but was given ${String(view.format)}.`);
  }
  return view as View;
}
