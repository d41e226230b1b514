import { z } from "zod";

/** Any value that JSON can hold; the shape is known to whoever wrote it. */
export type JsonValue = z.infer<ReturnType<typeof z.json>>;

/** Parses a text column that holds JSON of the given shape. */
export function jsonColumn<T>(shape: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "not JSON" });
        return z.NEVER;
      }
    })
    .pipe(shape);
}

/** A value as JSON keeps it: what is undefined is absent. */
export const asJson = (value: object): JsonValue => z.json().parse(JSON.parse(JSON.stringify(value)));
