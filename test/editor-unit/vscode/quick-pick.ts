import { stage } from "./stage.ts";
import { EventEmitter } from "./values.ts";

/** A list at the top of the window, with what a person does in it. */
export class QuickPick<Item> {
  title: string | undefined;
  placeholder: string | undefined;
  busy = false;
  ignoreFocusOut = false;
  matchOnDescription = false;
  activeItems: readonly Item[] = [];
  isShown = false;
  selectedItems: readonly Item[] = [];
  #items: readonly Item[] = [];
  readonly #accepted = new EventEmitter<void>();
  readonly #selected = new EventEmitter<readonly Item[]>();
  readonly #hidden = new EventEmitter<void>();
  readonly #pressed = new EventEmitter<{ readonly item: Item; readonly button: unknown }>();

  readonly onDidAccept = this.#accepted.event;
  readonly onDidChangeSelection = this.#selected.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidTriggerItemButton = this.#pressed.event;

  get items(): readonly Item[] {
    return this.#items;
  }

  set items(items: readonly Item[]) {
    this.#items = items;
    this.selectedItems = this.selectedItems.filter((item) => items.includes(item));
  }

  /** As in the editor, one quick input takes the place of the other. */
  show(): void {
    stage.takeQuickInput(() => this.hide());
    this.isShown = true;
    stage.list = this as QuickPick<unknown>;
  }

  hide(): void {
    if (this.isShown) {
      this.isShown = false;
      this.#hidden.fire();
    }
  }

  dispose(): void {
    this.hide();
  }

  /** A person presses Enter or OK. */
  accept(): void {
    this.#accepted.fire();
  }

  /** A person picks these, and no others. */
  pick(fits: (item: Item) => boolean): void {
    this.selectedItems = this.#items.filter(fits);
    this.#selected.fire(this.selectedItems);
  }

  /** A person presses a button of an item. */
  press(item: Item, button: unknown): void {
    this.#pressed.fire({ item, button });
  }
}
