/** A remark with what stands in the document that it is about. */
export function withQuotation({
  message,
  quoted,
}: {
  readonly message: string;
  readonly quoted?: string | undefined;
}): string {
  return quoted === undefined ? message : `${message.replace(/\.$/, "")}: ${quoted.replace(/\.$/, "")}.`;
}
