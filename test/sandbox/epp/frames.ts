/** Frames as a plain client writes them: text, no codec of ours. */

let count = 0
export const nextId = (): string => `test-${++count}`

export const frame = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="urn:ietf:params:xml:ns:epp-1.0">${inner}</epp>`

export const command = (inner: string, extension = '', clTRID = nextId()): string =>
  frame(
    `<command>${inner}${extension && `<extension>${extension}</extension>`}<clTRID>${clTRID}</clTRID></command>`,
  )

const OBJECTS = ['domain', 'contact', 'host'].map((o) => `urn:ietf:params:xml:ns:${o}-1.0`)

export const login = (
  id: string,
  pw: string,
  extensions: readonly string[] = [],
  { newPW = '', version = '1.0', lang = 'en', objects = OBJECTS, extension = '' } = {},
): string => {
  const ext = extensions.map((uri) => `<extURI>${uri}</extURI>`).join('')
  return command(
    `<login><clID>${id}</clID><pw>${pw}</pw>${newPW && `<newPW>${newPW}</newPW>`}` +
      `<options><version>${version}</version><lang>${lang}</lang></options>` +
      `<svcs>${objects.map((uri) => `<objURI>${uri}</objURI>`).join('')}` +
      `${ext && `<svcExtension>${ext}</svcExtension>`}</svcs></login>`,
    extension,
  )
}
export const logout = (): string => command('<logout/>')
export const poll = (op: string, id?: string): string =>
  command(`<poll op="${op}"${id === undefined ? '' : ` msgID="${id}"`}/>`)

const object =
  (type: 'domain' | 'contact' | 'host') =>
  (verb: string, inner: string, extension = '', op = ''): string =>
    command(
      `<${verb}${op && ` op="${op}"`}><${type}:${verb} xmlns:${type}="urn:ietf:params:xml:ns:${type}-1.0">` +
        `${inner}</${type}:${verb}></${verb}>`,
      extension,
    )
export const domain = object('domain')
export const contact = object('contact')
export const host = object('host')

const names = (all: readonly string[]) =>
  all.map((name) => `<domain:name>${name}</domain:name>`).join('')

export const check = (all: readonly string[], extension = ''): string =>
  domain('check', names(all), extension)

export const info = (name: string, { authInfo = '', hosts = '', extension = '' } = {}): string =>
  domain(
    'info',
    `<domain:name${hosts && ` hosts="${hosts}"`}>${name}</domain:name>${authInfo && auth(authInfo)}`,
    extension,
  )

export const auth = (pw: string): string =>
  `<domain:authInfo><domain:pw>${pw}</domain:pw></domain:authInfo>`

export type CreateParts = {
  period?: string
  ns?: string
  registrant?: string
  contacts?: string
  authInfo?: string
  extension?: string
}
export const create = (
  name: string,
  {
    period = '',
    ns = '',
    registrant = '',
    contacts = '',
    authInfo = auth('aB3!secret'),
    extension = '',
  }: CreateParts = {},
): string =>
  domain(
    'create',
    `${names([name])}${period}${ns && `<domain:ns>${ns}</domain:ns>`}` +
      `${registrant && `<domain:registrant>${registrant}</domain:registrant>`}${contacts}${authInfo}`,
    extension,
  )

export const years = (count: number | string, unit = 'y'): string =>
  `<domain:period unit="${unit}">${count}</domain:period>`
export const hostObj = (...all: string[]): string =>
  all.map((name) => `<domain:hostObj>${name}</domain:hostObj>`).join('')
export const hostAttr = (...all: string[]): string =>
  all
    .map((name) => `<domain:hostAttr><domain:hostName>${name}</domain:hostName></domain:hostAttr>`)
    .join('')
export const role = (type: string, id: string): string =>
  `<domain:contact type="${type}">${id}</domain:contact>`

export const remove = (name: string, extension = ''): string =>
  domain('delete', names([name]), extension)
export const renew = (name: string, date: string, period = years(1)): string =>
  domain('renew', `${names([name])}<domain:curExpDate>${date}</domain:curExpDate>${period}`)
export const update = (name: string, inner = '', extension = ''): string =>
  domain('update', names([name]) + inner, extension)
export const transfer = (op: string, name: string, authInfo = ''): string =>
  domain('transfer', names([name]) + (authInfo && auth(authInfo)), '', op)
export const restore = (name: string, op = 'request', report = ''): string =>
  update(
    name,
    '<domain:chg/>',
    `<rgp:update xmlns:rgp="urn:ietf:params:xml:ns:rgp-1.0"><rgp:restore op="${op}">${report}</rgp:restore></rgp:update>`,
  )

export const person = (
  id: string,
  { name = 'Ada Lovelace', cc = 'FR', email = 'ada@example.org' } = {},
) =>
  contact(
    'create',
    `<contact:id>${id}</contact:id><contact:postalInfo type="int"><contact:name>${name}</contact:name>` +
      '<contact:org>Analytical Engines</contact:org><contact:addr><contact:street>1 Quay</contact:street>' +
      `<contact:city>Brest</contact:city><contact:pc>29200</contact:pc><contact:cc>${cc}</contact:cc></contact:addr>` +
      `</contact:postalInfo><contact:voice x="12">+33.298000000</contact:voice><contact:email>${email}</contact:email>` +
      '<contact:authInfo><contact:pw>aB3!person</contact:pw></contact:authInfo>',
  )

export const product = (subProduct: string): string =>
  '<namestoreExt:namestoreExt xmlns:namestoreExt="http://www.verisign-grs.com/epp/namestoreExt-1.1">' +
  `<namestoreExt:subProduct>${subProduct}</namestoreExt:subProduct></namestoreExt:namestoreExt>`
