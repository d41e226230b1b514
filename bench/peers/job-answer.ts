import { z } from "zod";

/** What a process that has learned a writer's prompts prints. */
export const jobAnswerSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("learned"),
    name: z.string(),
    steps: z.number(),
    /** Of the tokens that were learned from, in [0, 1). */
    paddingShare: z.number(),
    /** Mean masked-LM loss of the held-out passages in nats: of the prompts that all start from, and of the best ones. */
    heldOutBefore: z.number(),
    heldOutAfter: z.number(),
    /** User and system time of the process up to its answer, on all its threads. */
    processorSeconds: z.number(),
  }),
  /** The peer cannot take part; nothing is broken. */
  z.object({ kind: z.literal("absent"), reason: z.string() }),
]);

export type JobAnswer = z.infer<typeof jobAnswerSchema>;
