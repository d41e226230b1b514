import type { CancellationToken } from "vscode-languageserver/node";
import { z } from "zod";
import { agentAbilities } from "../protocol/agent-abilities.ts";
import { requests } from "../protocol/requests.ts";
import type { ServerContext } from "./context.ts";
import { answering, ParametersError } from "./errors.ts";

const positionShape = z.object({ line: z.int().nonnegative(), character: z.int().nonnegative() });
const rangeShape = z.object({ start: positionShape, end: positionShape });
const uri = z.string().min(1);
const writer = z.string().min(1).optional();
const named = z.string().min(1).max(1_000);
const nothing = z.object({});

/** What the parameters of each request must be. */
export const parameterShapes = {
  proposal: z.object({ roots: z.array(z.string()), isWhole: z.boolean().optional() }),
  learn: z.object({ folders: z.array(z.string()), writer, author: z.string().min(1).optional() }),
  pause: nothing,
  resume: nothing,
  status: nothing,
  readDocument: z.object({ uri, from: positionShape.optional() }),
  readSelection: z.object({ uri, range: rangeShape }),
  readVoice: z.object({ uri, range: rangeShape.optional() }),
  suggestWords: z.object({ uri, range: rangeShape, limit: z.int().positive().max(100) }),
  askAgent: z.object({ ability: z.enum(agentAbilities), input: z.unknown() }),
  suggestTags: z.object({ uri, limit: z.int().positive().max(1_000) }),
  folderDocuments: z.object({ folder: z.string().min(1) }),
  missingTags: z.object({
    path: z.string().min(1),
    threshold: z.number().min(0).max(1),
    limit: z.int().positive().max(1_000),
  }),
  addTags: z.object({ path: z.string().min(1), tags: z.array(z.string().max(1_000)).max(10_000) }),
  tagNames: z.object({ uri: uri.optional() }),
  renameTag: z.object({ uri: uri.optional(), from: z.string().min(1).max(1_000), to: z.string().max(1_000) }),
  tagRenamed: z.object({
    uris: z.array(uri).max(100_000),
    from: z.string().min(1).max(1_000),
    to: z.string().min(1).max(1_000),
  }),
  tagEdit: z.object({ uri, tags: z.array(z.string().max(1_000)).max(10_000) }),
  teach: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("tone"), uri, range: rangeShape, valence: z.number().min(-1).max(1) }),
    z.object({ kind: z.enum(["notThisTag", "thisTag"]), uri, tag: z.string().min(1).max(1_000) }),
  ]),
  withdraw: z.object({ id: z.string().min(1) }),
  lessons: nothing,
  reviseLesson: z.object({
    id: z.string().min(1),
    says: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("tone"), valence: z.number().min(-1).max(1) }),
        z.object({ kind: z.enum(["notThisTag", "thisTag"]) }),
      ])
      .optional(),
  }),
  round: z.object({
    uri: uri.optional(),
    step: z.discriminatedUnion("kind", [
      z.object({ kind: z.enum(["begin", "skip", "back"]) }),
      z.object({ kind: z.literal("answer"), valence: z.number().min(-1).max(1) }),
    ]),
  }),
  report: z.object({ writer }),
  writers: nothing,
  goBack: z.object({ writer: named, version: named }),
  writerTags: z.object({ writer: named }),
  taggedDocuments: z.object({ writer: named, tag: named }),
  toneHistory: z.object({ writer: named }),
  tagHistory: z.object({ writer: named }),
  exportWriter: z.object({ writer: named, file: z.string().min(1), withText: z.boolean() }),
  previewImport: z.object({ file: z.string().min(1) }),
  importFile: z.object({ file: z.string().min(1), profile: z.enum(["here", "file"]).optional() }),
  forget: z.object({ writer }),
  figures: nothing,
  diagnosis: nothing,
} as const satisfies Record<keyof typeof requests, z.ZodType>;

type Shapes = typeof parameterShapes;

/** Parses the parameters of a request. Throws ParametersError. */
export function parseParameters<Name extends keyof Shapes>(
  name: Name,
  value: unknown,
): Readonly<z.infer<Shapes[Name]>> {
  const parsed = parameterShapes[name].safeParse(value ?? {});
  if (!parsed.success) throw new ParametersError(requests[name].method, parsed.error);
  return parsed.data as Readonly<z.infer<Shapes[Name]>>;
}

type Requests = typeof requests;
type ParametersOf<Name extends keyof Requests> = ReturnType<typeof parseParameters<Name>>;
type AnswerOf<Name extends keyof Requests> = ReturnType<NonNullable<Requests[Name]["types"]>>;

/** Answers one of our own requests: its parameters are parsed, its failures told with advice. */
export function answerRequest<Name extends keyof Requests>(
  { connection }: Pick<ServerContext, "connection">,
  name: Name,
  handle: (
    parameters: ParametersOf<Name>,
    token: CancellationToken,
  ) => AnswerOf<Name> | Promise<AnswerOf<Name>>,
): void {
  connection.onRequest(requests[name].method as string, (parameters: unknown, token: CancellationToken) =>
    answering<unknown>(() => handle(parseParameters(name, parameters), token)),
  );
}
