import { type ModelDirectory, readModelDirectory } from "../../src/plm/files/model-directory.ts";
import { loadTokenizer, type Tokenizer } from "../../src/plm/tokens/tokenizer.ts";
import { TeacherError } from "./errors.ts";

/**
 * Opens the model that says which texts are neighbours. It reads the very ids of what is trained, so its vocabulary
 * has to be the same, token by token; and its vectors as long. Throws {@link TeacherError}.
 */
export async function requireTeacher(
  path: string,
  student: ModelDirectory,
  tokenizer: Tokenizer,
): Promise<ModelDirectory> {
  const teacher = await readModelDirectory(path);
  const own = await loadTokenizer(path);
  const differing = Array.from({ length: Math.max(own.vocabularySize, tokenizer.vocabularySize) }).findIndex(
    (_, id) => own.tokenOf(id) !== tokenizer.tokenOf(id),
  );
  if (differing >= 0) throw new TeacherError(path, `its vocabulary differs at token ${differing}`);
  const [width, wanted] = [teacher.config.hidden_size, student.config.hidden_size];
  if (width !== wanted) throw new TeacherError(path, `its vectors have ${width} numbers, not ${wanted}`);
  return teacher;
}
