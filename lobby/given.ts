/** The variables that are set, without blanks around them. An empty one counts as not set. */
export type Given = Readonly<Record<string, string>>;
