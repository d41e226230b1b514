// Plays an agent of the editor: asks for a tool's name and its input, calls it as agents do, and says what came back.
const vscode = require("vscode");

exports.activate = ({ subscriptions }) => {
  subscriptions.push(vscode.commands.registerCommand("agent.ask", ask));
};

async function ask() {
  const asked = await vscode.window.showInputBox({ prompt: "Tool and input" });
  const [, name, input] = /^(\w+) (.*)$/.exec(asked ?? "") ?? [];
  if (name === undefined) return;
  try {
    const options = { input: JSON.parse(input), toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool(name, options);
    const text = content.map((part) => part.value).join("\n");
    vscode.window.showInformationMessage(`Answered: ${text.slice(0, 600)}`);
  } catch (cause) {
    vscode.window.showWarningMessage(`Refused: ${cause.message}`);
  }
}
