import { once } from 'node:events'

/** A column of a table: its title, and what it shows of a row. */
export type Column<Row> = readonly [title: string, show: (row: Row) => string]

/** Writes a line to standard output, and waits while its reader is slow. */
export async function print(line = ''): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
}

/** Writes one JSON object as a line. */
export const printJson = (value: object): Promise<void> => print(JSON.stringify(value))

/** Tells a person something that is no part of the output. */
export const tell = (message: string): void =>
  void process.stderr.write(`${message.replace(/^/gm, 'vigie: ')}\n`)

/** Rows measured together; a longer table may widen as it goes, so that memory stays flat. */
const BATCH = 200

/**
 * Prints rows in columns of their own width, the titles first. Nothing is printed of no rows.
 * @returns how many rows there were.
 */
export async function printTable<Row>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  columns: readonly Column<Row>[],
  indent = '',
): Promise<number> {
  const widths = columns.map(() => 0)
  let batch: string[][] = []
  let count = 0
  const flush = async () => {
    const lines = count === batch.length ? [columns.map(([title]) => title), ...batch] : batch
    for (const cells of lines)
      for (const [i, cell] of cells.entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(cell))
    for (const cells of lines) await print(indent + lineOf(cells, widths))
    batch = []
  }
  for await (const row of rows) {
    batch.push(columns.map(([, show]) => show(row)))
    count++
    if (batch.length === BATCH) await flush()
  }
  if (batch.length > 0) await flush()
  return count
}

/** Prints facts under one another, each value in the same column; a fact without a value is left out. */
export async function printFacts(facts: readonly (readonly [string, string | null])[]) {
  const told = facts.filter(([, value]) => value !== null && value !== '')
  const width = Math.max(...told.map(([name]) => name.length))
  for (const [name, value] of told) await print(`  ${name.padEnd(width)}  ${value}`)
}

const widthOf = (text: string): number => [...text].length

const lineOf = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)))
    .join('  ')
    .trimEnd()
