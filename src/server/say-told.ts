import type { TagEditRefusal } from "../front-matter/tags/edit/refusals.ts";
import type { Told } from "../said/said.ts";
import { messageWithQuotation, type Notice } from "../session/notices.ts";
import type { StoredItem } from "../store/inventory.ts";
import { say } from "../words/say.ts";
import { t } from "./language.ts";

/** What is told of something, in the editor's language. */
export const sayTold = ({ message, advice }: Told) => ({ message: say(message, t), advice: say(advice, t) });

/** A remark with what it quotes. */
export const sayNotice = (notice: Notice) =>
  sayTold({ message: messageWithQuotation(notice), advice: notice.advice });

/** Why a document is left as it is. */
export const sayRefusal = ({ reason, advice }: Pick<TagEditRefusal, "reason" | "advice">) => ({
  reason: say(reason, t),
  advice: say(advice, t),
});

/** What is kept, or was erased. */
export const sayStored = (items: readonly StoredItem[]) =>
  items.map(({ what, ...item }) => ({ what: say(what, t), ...item }));
