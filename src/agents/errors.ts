/** An agent's question cannot be answered; the message is written for a model and says what to do. */
export class AgentQuestionError extends Error {
  override readonly name = "AgentQuestionError";
}
