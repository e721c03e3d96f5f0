import { styleText } from 'node:util'

export type Paint = Parameters<typeof styleText>[0]

/** Colours a text where standard output is a terminal that shows them; files and pipes get it plain. */
export const paint = (how: Paint, text: string): string =>
  process.stdout.isTTY && process.stdout.hasColors() ? styleText(how, text) : text
