import type { KeptLesson, LessonWord } from "../../protocol/lessons.ts";
import { presentLessons, presentSubjectOf, tagNow } from "../../readings/tags/present-lessons.ts";
import type { Correction, Lesson } from "../../store/corrections/correction.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { LessonGoneError } from "../errors.ts";
import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";

/** Answers `lessons` and `reviseLesson`. */
export const lessons: ServerFeature = {
  register(context) {
    answerRequest(context, "lessons", () => {
      const store = context.host.storeIfAny();
      return store === undefined ? [] : lessonsIn(store);
    });
    answerRequest(context, "reviseLesson", ({ id, says }) => {
      revise(context.host.store(), id, says);
      context.readingsChanged();
      return {};
    });
  },
};

/** What counts of what all writers taught, newest first, also of what was taught within one millisecond. */
function lessonsIn(store: Store): KeptLesson[] {
  return store.writers
    .list()
    .flatMap((writer) => presentLessons(store, writer.id).map((correction) => asKept(writer, correction)))
    .reverse()
    .sort((a, b) => b.taughtMs - a.taughtMs);
}

function asKept({ name }: Writer, { id, createdMs, lesson }: Correction): KeptLesson {
  return {
    id,
    writer: name,
    taughtMs: createdMs,
    about: lesson.kind === "tone" ? lesson.sentence : lesson.tag,
    says: wordOf(lesson),
    ...(lesson.documentPath === undefined ? {} : { path: lesson.documentPath }),
  };
}

function wordOf(lesson: Lesson): LessonWord {
  return lesson.kind === "tone"
    ? { kind: "tone", valence: lesson.valence }
    : { kind: lesson.kind === "tagAdded" ? "thisTag" : "notThisTag" };
}

/**
 * Has a lesson say something else; without a word, takes it back with all that was said before of the same, which
 * would count again otherwise. Throws LessonGoneError.
 */
function revise(store: Store, id: string, says: LessonWord | undefined): void {
  store.inTransaction(() => {
    for (const writer of store.writers.list()) {
      const all = store.corrections.list(writer.id);
      const former = all.find((correction) => correction.id === id);
      if (former === undefined) continue;
      const present = tagNow(store, writer.id);
      const subject = presentSubjectOf(former.lesson, present);
      if (says !== undefined) {
        store.corrections.add(writer.id, reworded(former.lesson, says), former.vector);
      } else {
        for (const one of all.filter(({ lesson }) => presentSubjectOf(lesson, present) === subject)) {
          store.corrections.withdraw(one.id);
        }
      }
      return;
    }
    throw new LessonGoneError();
  });
}

/** The same sentence or tag with another word about it, which is the writer's own now. */
function reworded(lesson: Lesson, says: LessonWord): Lesson {
  if (lesson.kind === "tone") {
    return { ...lesson, confirms: false, valence: says.kind === "tone" ? says.valence : lesson.valence };
  }
  return { ...lesson, kind: says.kind === "notThisTag" ? "tagVetoed" : "tagAdded" };
}
