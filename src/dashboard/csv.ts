/** What a cell may hold. */
export type Cell = string | number | Date | null

/** One record, RFC 4180: CRLF at its end, quotes doubled; instants as RFC 3339, null as empty. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = cell instanceof Date ? cell.toISOString() : unarmed(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A spreadsheet takes text that begins so for a formula, also behind blanks; an apostrophe keeps it text.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const unarmed = (text: string): string =>
  /^\s*[=+\-@＝＋－＠\t\r]/u.test(text) ? `'${text}` : text
