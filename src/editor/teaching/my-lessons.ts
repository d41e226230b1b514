import * as vscode from "vscode";
import type { KeptLesson, LessonRevision } from "../../protocol/lessons.ts";
import { requests } from "../../protocol/requests.ts";
import type { EditorContext } from "../editor-context.ts";
import { safeText } from "../messages/safe-text.ts";
import { t } from "../messages/t.ts";
import { tell, tellFailure } from "../messages/tell.ts";
import { type LessonItem, lessonChoices, lessonItems } from "./lesson-items.ts";

type Item = LessonItem & vscode.QuickPickItem;
type Parts = Pick<EditorContext, "server" | "log" | "undoItem">;

/** Shows what was taught. A lesson that is picked can be changed or taken back, and the list comes again. */
export async function myLessons(context: Parts): Promise<void> {
  for (;;) {
    const lessons = await context.server.send(requests.lessons, {});
    if (lessons.length === 0) {
      await tellNone();
      return;
    }
    const lesson = await pickLesson(context, lessons);
    if (lesson === undefined) {
      return;
    }
    await changeLesson(context, lesson);
  }
}

async function tellNone(): Promise<void> {
  await tell(
    vscode.l10n.t("You have not taught anything yet."),
    vscode.l10n.t(
      "Rest the mouse on a sentence and say how you mean it, or run 'Idiolect: Teach: How I Mean This Sentence'.",
    ),
  );
}

/** Undefined where the list is left. */
async function pickLesson(context: Parts, lessons: readonly KeptLesson[]): Promise<KeptLesson | undefined> {
  const takeBack: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("trash"),
    tooltip: vscode.l10n.t("Take this lesson back"),
  };
  const list = vscode.window.createQuickPick<Item>();
  list.title = vscode.l10n.t("My lessons: {0}", lessons.length);
  list.placeholder = vscode.l10n.t("Pick a lesson to change it or to take it back");
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = lessonItems(lessons, t).map((item) => ({ ...item, buttons: [takeBack] }));
  const picked = new Promise<KeptLesson | undefined>((resolve) => {
    list.onDidAccept(() => {
      const [item] = list.selectedItems;
      if (item !== undefined) {
        resolve(item.lesson);
      }
    });
    list.onDidHide(() => resolve(undefined));
  });
  list.onDidTriggerItemButton(async ({ item }) => {
    list.items = list.items.filter(({ lesson }) => lesson.id !== item.lesson.id);
    try {
      await revise(context, { id: item.lesson.id });
    } catch (cause) {
      await tellFailure(cause, context.log);
    }
  });
  list.show();
  try {
    return await picked;
  } finally {
    list.dispose();
  }
}

async function changeLesson(context: Parts, lesson: KeptLesson): Promise<void> {
  const choice = await vscode.window.showQuickPick(lessonChoices(lesson, t), {
    title: vscode.l10n.t("What do you say instead?"),
    placeHolder: safeText(lesson.about, 90),
  });
  if (choice !== undefined) {
    await revise(context, {
      id: lesson.id,
      ...(choice.says === undefined ? {} : { says: choice.says }),
    });
  }
}

/** What the status bar offers to undo may be what is revised. */
async function revise({ server, undoItem }: Parts, revision: LessonRevision): Promise<void> {
  await server.send(requests.reviseLesson, revision);
  undoItem.hide();
}
