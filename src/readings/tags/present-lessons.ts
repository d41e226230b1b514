/*
 * What was taught and taken of tags that have another name since: it is about the new one. Nothing that is kept is
 * rewritten, so whatever becomes of the documents, no lesson is lost.
 */

import { renamedTag } from "../../corpus/tag-changes/rename-tags.ts";
import { type Correction, type Lesson, subjectOf } from "../../store/corrections/correction.ts";
import type { Store } from "../../store/store.ts";
import { tagKey } from "../../text/tag-key.ts";

type Naming = (tag: string) => string;

/**
 * What a tag is called now. A name that a document still has stays: so documents decide whether a renaming holds, and one
 * that was undone, or made in some of them alone, holds no more as soon as they are read. What was renamed again is
 * followed to its last name.
 */
export function tagNow(store: Store, writerId: number): Naming {
  const renamed = store.renamedTags.list(writerId);
  if (renamed.length === 0) return (tag) => tag;
  const inUse = new Set(store.vocabulary.list(writerId).map(({ folded }) => folded));
  const follow = (tag: string, renaming: (typeof renamed)[number]) =>
    inUse.has(tagKey(tag)) ? tag : (renamedTag(tag, renaming) ?? tag);
  return (tag) => renamed.reduce(follow, tag);
}

/** Lessons that count, the oldest first; of two that a renaming made lessons of one tag the later one. */
export function presentLessons(store: Store, writerId: number): readonly Correction[] {
  const present = tagNow(store, writerId);
  const bySubject = new Map<string, Correction>();
  for (const correction of store.corrections.current(writerId)) {
    const lesson = inPresentWords(correction.lesson, present);
    const subject = subjectOf(lesson);
    bySubject.delete(subject);
    bySubject.set(subject, { ...correction, lesson });
  }
  return [...bySubject.values()];
}

/** Names what a lesson is about now. */
export function presentSubjectOf(lesson: Lesson, present: Naming): string {
  return subjectOf(inPresentWords(lesson, present));
}

function inPresentWords(lesson: Lesson, present: Naming): Lesson {
  return lesson.kind === "tone" ? lesson : { ...lesson, tag: present(lesson.tag) };
}
