/** What `when` clauses of the manifest ask of us. */
export const contextKeys = {
  /** The `kind` of the learning status; unset before the server was asked. */
  learning: "idiolect.learning",
} as const;

export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];
