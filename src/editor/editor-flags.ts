import type { Memento } from "vscode";

const goesOnKey = "learningGoesOn";

/** The little that the editor itself remembers: a typed face on its global state. */
export class EditorFlags {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** Learning was begun here, and neither finished nor paused by the user: it goes on when cut short. */
  get goesOn(): boolean {
    return this.#memento.get<boolean>(goesOnKey, false);
  }

  async setGoesOn(goesOn: boolean): Promise<void> {
    if (this.goesOn !== goesOn) {
      await this.#memento.update(goesOnKey, goesOn ? true : undefined);
    }
  }
}
