import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver/node";
import { type NotificationName, notifications } from "../protocol/requests.ts";
import type { ClientAbilities } from "./client-abilities.ts";

type Names = typeof notifications;
type ParametersOf<Name extends keyof Names> =
  Names[Name] extends NotificationName<infer Parameters> ? Parameters : never;

interface Editor {
  readonly connection: Connection;
  readonly client: () => ClientAbilities;
}

/** Sends one of our own notifications to an editor that follows them; of those, others are shown notices alone. */
export function notifyEditor<Name extends keyof Names>(
  editor: Editor,
  name: Name,
  parameters: ParametersOf<Name>,
): void {
  if (editor.client().hearsNotifications) {
    void editor.connection.sendNotification(notifications[name].method, parameters);
  } else if (name === "notice") {
    const { message, advice } = parameters as ParametersOf<"notice">;
    showMessage(editor, `${message} ${advice}`, MessageType.Warning);
  }
}

/** Any editor shows it to the user, by its own means. */
export function showMessage(
  { connection }: Pick<Editor, "connection">,
  message: string,
  type: MessageType = MessageType.Info,
): void {
  void connection.sendNotification(ShowMessageNotification.type, { type, message });
}
