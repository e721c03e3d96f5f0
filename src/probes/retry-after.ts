/**
 * Reads Retry-After in both its forms (RFC 9110 section 10.2.3). A date counts from the answer's own Date header, so that a
 * host with a wrong clock is still understood.
 * @returns milliseconds to wait, or null where it is absent or makes no sense.
 */
export function retryAfterMs(
  value: string | undefined,
  date: string | undefined,
  now: Date | null,
): number | null {
  const text = value?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000)
  const at = Date.parse(text)
  const from = Date.parse(date ?? '')
  const base = Number.isNaN(from) ? (now?.getTime() ?? Number.NaN) : from
  return text === '' || Number.isNaN(at) || Number.isNaN(base) ? null : Math.max(0, at - base)
}
