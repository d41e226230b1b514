/*
 * What is told as it is kept, or comes from another process. Apart from the sentences themselves, as the extension says
 * those and checks none: reading the library that checks would take most of its activation.
 */

import { z } from "zod";
import type { Said, SaidValue, Told } from "./said.ts";

const figureShape = z.object({
  value: z.number(),
  digits: z.number(),
  isPercent: z.literal(true).optional(),
  isSigned: z.literal(true).optional(),
});

const languageShape = z.object({ language: z.string() });

export const saidShape: z.ZodType<Said> = z.object({
  message: z.string(),
  values: z.array(z.lazy(() => saidValueShape)),
  one: z.string().optional(),
});

export const saidValueShape: z.ZodType<SaidValue> = z.union([
  z.string(),
  figureShape,
  languageShape,
  saidShape,
]);

export const toldShape: z.ZodType<Told> = z.object({ message: saidShape, advice: saidShape });
