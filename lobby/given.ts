/** The variables that are set, without blanks around them. An empty one counts as not set, unless nothing is a value of it. */
export type Given = Readonly<Record<string, string>>;

/** docker-jitsi-meet's `env.example` says of it: "Can be empty". */
export const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['LDAP_BASE']);
