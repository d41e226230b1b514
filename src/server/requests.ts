import type { CancellationToken } from "vscode-languageserver/node";
import { requests } from "../protocol/requests.ts";
import type { ServerContext } from "./context.ts";
import { responseError } from "./errors.ts";
import { parseParameters } from "./parameters.ts";

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
  const respond = async (parameters: unknown, token: CancellationToken): Promise<unknown> => {
    try {
      return await handle(parseParameters(name, parameters), token);
    } catch (cause) {
      throw responseError(cause);
    }
  };
  connection.onRequest(requests[name].method as string, respond);
}
