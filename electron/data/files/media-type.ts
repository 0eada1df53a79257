import type { MediaType } from '#shared/schema/file.ts';

/** Bytes at the beginning and at the end of a file that tell what it is. */
export const HEAD = 8 * 1024;
export const TAIL = 32 * 1024;

const OPEN_DOCUMENT = {
  'application/vnd.oasis.opendocument.text': 'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet': 'application/vnd.oasis.opendocument.spreadsheet',
} as const satisfies Readonly<Record<string, MediaType>>;

/** What the bytes are, whatever the name says; undefined for what may not be attached. */
export function sniffMediaType(head: Buffer, tail: Buffer): MediaType | undefined {
  const text = head.toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  if (text.startsWith('%PDF-')) return 'application/pdf';
  return text.startsWith('PK\x03\x04') ? sniffPackage(text, text + tail.toString('latin1')) : undefined;
}

/** Documents that are packages: OpenDocument says so in its first entry, Office Open XML by the names of its parts. */
function sniffPackage(text: string, names: string): MediaType | undefined {
  // Offset 26 of an entry: the length of its name and, two bytes on, of its extra field; then the name itself.
  const isDeclared = text.startsWith('\x08\x00', 26) && text.startsWith('mimetype', 30);
  const [declared = ''] = isDeclared ? (/^[a-z./-]+/.exec(text.slice(38)) ?? []) : [];
  for (const [name, type] of Object.entries(OPEN_DOCUMENT))
    if (declared.startsWith(name)) return openDocument(declared, name, type);
  // Macros are programs.
  if (!names.includes('[Content_Types].xml') || names.includes('vbaProject.bin')) return undefined;
  if (names.includes('word/document.xml'))
    return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  if (names.includes('xl/workbook.xml')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return undefined;
}

/** A template's type begins with the document's and goes on; what follows a document's is the next entry. */
function openDocument(declared: string, name: string, type: MediaType): MediaType | undefined {
  return declared.slice(name.length).startsWith('-') ? undefined : type;
}

/** SPEC F3: whether a picture still carries where and with what it was taken. */
export function hasPlaceData(head: Buffer): boolean {
  const text = head.toString('latin1');
  return text.includes('Exif\x00\x00') || text.includes('http://ns.adobe.com/xap/') || /RIFF.{4}WEBP.*EXIF/s.test(text);
}
