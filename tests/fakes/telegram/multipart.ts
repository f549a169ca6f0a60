/** A file as a bot uploaded it. */
export interface UploadedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

interface Form {
  readonly fields: Record<string, string>;
  readonly files: Record<string, UploadedFile>;
}

const blankLine = '\r\n\r\n';

/**
 * The fields and files of a `multipart/form-data` body.
 *
 * Read here and not by `Response.formData`, which refuses what Telegram takes and grammY sends: names of files without
 * quotes that hold blanks or semicolons.
 */
export function formOf(body: Buffer, contentType: string): Form {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const form: Form = { fields: {}, files: {} };
  if (boundary === undefined) return form;
  const mark = Buffer.from(`--${boundary}`);
  for (let start = body.indexOf(mark); start !== -1; ) {
    const end = body.indexOf(mark, start + mark.length);
    if (end === -1) break;
    // Between two marks: a line end, the part, and a line end.
    take(form, body.subarray(start + mark.length + 2, end - 2));
    start = end;
  }
  return form;
}

function take(form: Form, part: Buffer): void {
  const blank = part.indexOf(blankLine);
  if (blank === -1) return;
  const head = part.subarray(0, blank).toString();
  const bytes = part.subarray(blank + blankLine.length);
  const name = attribute(head, 'name');
  const file = attribute(head, 'filename');
  if (name === undefined) return;
  if (file === undefined) form.fields[name] = bytes.toString();
  else {
    const type = /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? 'application/octet-stream';
    form.files[name] = { name: file, type, bytes: Buffer.from(bytes) };
  }
}

function attribute(head: string, name: string): string | undefined {
  const found = new RegExp(`[;\\s]${name}=(?:"([^"]*)"|([^\\r\\n]*))`, 'i').exec(head);
  const bare = found?.[2];
  // A bare name of a field ends at the next attribute; a bare name of a file is always the last and may hold anything.
  return found?.[1] ?? (name === 'name' ? bare?.split(';')[0] : bare);
}
