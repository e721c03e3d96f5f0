/** `xsd:dateTime` and `xsd:date`, with any number of fraction digits and with or without a zone. */
const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:\d{2})?$/

/**
 * Reads a date as registries write it. Fractions below a millisecond are cut off; without a zone it is UTC, as RFC 5730
 * section 2.1 demands of every date.
 * @returns null when it is no date.
 */
export function readDate(text: string | null): Date | null {
  const parts = text === null ? null : DATE_TIME.exec(text.trim())
  if (!parts) return null
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = ''] = parts
  const millis = fraction.slice(0, 3).padEnd(3, '0')
  const zone = parts[8] ?? 'Z'
  // Date rolls 31 February over into March: such a date is none.
  const local = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}Z`)
  if (Number.isNaN(local.getTime()) || local.getUTCDate() !== Number(day)) return null
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${zone}`)
  return Number.isNaN(date.getTime()) ? null : date
}
