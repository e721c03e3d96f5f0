import { domainToASCII } from 'node:url'

/** The label as compared: A-label, lower case. Text that is no label stays as it is, so that strange names compare too. */
function comparable(label: string): string {
  const lower = label.normalize('NFC').toLowerCase()
  // Only what needs it goes through IDNA: a label of digits would come back as an IPv4 address.
  const isAscii = /^\p{ASCII}*$/u.test(lower)
  return isAscii ? lower : domainToASCII(lower) || lower
}

const comparableName = (name: string) =>
  name
    .trim()
    .replace(/^["'<]|["'>]$/g, '')
    .replace(/\.$/, '')
    .split('.')
    .map(comparable)

/**
 * Whether an answer that prints `subject` is about the name asked: without case, U-label equals A-label, and a reply that
 * prints only the label (without the extension) matches.
 */
export function isSubject(subject: string, asked: string): boolean {
  const printed = comparableName(subject)
  const wanted = comparableName(asked)
  const same = (labels: readonly string[]) =>
    labels.length === printed.length && labels.every((label, i) => label === printed[i])
  return same(wanted) || (printed.length === 1 && same(wanted.slice(0, 1)))
}
