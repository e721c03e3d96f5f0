import type { Finding } from '../domain/observation.ts'

/** What one line of its own can say. `name` is whom it speaks of, where the line prints that. */
export type Phrase = { pattern: RegExp; as?: Extract<Finding, { kind: 'reserved' }>['as'] }

/** A printed name, quoted or not; no word of the sentences around it. */
const NAME = `["'<\\[]?(?<name>(?!(?:is|was|has|not|does|name|unknown)\\b)[^\\s"'<>\\[\\]]+?)["'>\\]]?`
/** A printed name that shows its extension, for lines that begin with it. */
const WHOLE = `["'<\\[]?(?<name>[^\\s"'<>\\[\\]]+\\.[^\\s"'<>\\[\\]]+?)["'>\\]]?`

/**
 * A whole line, comment mark and closing punctuation aside; `{name}` stands for a printed name, `{whole}` for one with its
 * extension. Whole lines, because terms of
 * use hold every one of these words somewhere in their prose.
 */
export const phrase = (line: string): RegExp =>
  new RegExp(`^(?:${line.replace('{name}', NAME).replace('{whole}', WHOLE)})[\\s.!]*$`, 'iu')
const phrases = (...lines: readonly string[]): Phrase[] =>
  lines.map((line) => ({ pattern: phrase(line) }))

/** The server asks us to slow down, or shuts us out. Tested before everything else: AFNIC adds "No entries found" to it. */
export const THROTTLED: readonly Phrase[] = phrases(
  '(error:? ?)?too many (requests|queries|connections)([.!,:;-].{0,80}| from (your|this) .{0,60}|,? please .{0,60})?',
  'whois limit exceeded\\b.*', // whois.pir.org
  '-[123]: ?.*(grace period|excessive|blocked|limit).*', // whois.eu, whois.dns.be
  'excessive querying\\b.*',
  '(error:?\\s*)?maximum (number of )?(query rate|queries|connections|requests)\\b.{0,40}(reached|exceeded)\\b.*',
  '(\\S+: )?only \\d+ requests? per \\w+ allowed\\b.*', // whois.domain-registry.nl
  '(\\S+: )?(daily )?whois-?\\s?limit exceeded\\b.*',
  'the whois query quota for \\S+ has been exceeded', // Nominet
  '(and )?will be replenished in [\\d.]+ seconds?',
  '(your |the )?(request|query|lookup|whois|connection|rate|access|quota|daily|hourly)[\\w -]{0,40}(limit|quota|rate|limitation)s? (has been |was |is |been )?(exceeded|reached)\\b.{0,80}',
  '(limit|quota|rate limit) (exceeded|reached)\\b.{0,80}',
  '(error:? ?)?\\d* ?connection refused; access control limit (exceeded|reached)', // DENIC
  '(blacklisted: ?)?(sorry, )?you(r ip( address)?)? (have|has) (been )?(exceeded|reached|blacklisted|blocked|banned)\\b.{0,120}',
  'number of allowed queries exceeded',
  'requests of this client are not permitted\\b.*', // whois.nic.ch
  '(the )?ip address used to perform the query is not authori[sz]ed\\b.*', // whois.nic.es
  'quer(y|ied) interval is too short\\b.*', // CNNIC
  '(your )?ip( address)?( \\S+)? (is |has been )?(blocked|blacklisted|banned|denied)\\b.{0,80}',
  '(still in |in )?grace period, (please )?wait \\d+ seconds?',
  'server is busy( now)?, please try again later',
  'please (wait|try again) (in|after|for) \\d+ (second|minute|hour)s?\\b.{0,60}',
)

/** The server is out of order: nothing else on the page counts. */
export const OUTAGES: readonly Phrase[] = phrases(
  'sorry, the whois database is currently down\\b.*', // Verisign
  '.{0,60}(database|service|server|system|registry)\\b.{0,30}(is|are) (currently |temporarily |now )*(down|unavailable|not available|out of order|closed|under maintenance)\\b.*',
  '.{0,40}(internal|unexpected|system) (server |system |database )?error\\b.*',
  '.{0,60}(under|scheduled|down for) maintenance\\b.*',
  '(error:? ?)?(request |query |connection )?time(d )?out\\b.{0,60}',
  '.{0,60}please try again later\\b.*',
)

export const DROPZONE = /available for application via the .{0,60}dropzone/i

/** The registry withholds the name. */
export const RESERVED: readonly Phrase[] = [
  ...phrases(
    'reserved by (the )?registry\\b.*',
    'name is reserved by \\S+.{0,60}',
    '(this|the)( requested)? (domain )?name (is|has been) reserved\\b.*',
    '(this|the)( requested)? domain (is|has been) reserved\\b.*',
    'reserved( domain)?( name)?',
    'domain (name )?(is )?reserved\\b.{0,60}',
    'reserved: .*',
    '(the )?requested domain (name )?is restricted\\b.*',
    'the domain you want to register is reserved\\b.*', // CNNIC
    '(this|the) (domain )?name is not available for registration\\b.*',
    '{whole} is (reserved|excluded from registration)\\b.{0,60}',
  ).map((p) => ({ ...p, as: 'reserved' as const })),
  ...phrases(
    'this (platinum|premium) (domain|name)\\b.*',
    '.{0,40}premium (domain|name)\\b.{0,80}(available|purchase|sale)\\b.*',
  ).map((p) => ({ ...p, as: 'premium' as const })),
  ...phrases(
    'the registration of this domain is restricted, as it is\\b.*', // DPML of Identity Digital
    '.{0,80}\\b(dpml|globalblock|adultblock)\\b.*',
    '(this|the) (domain )?name (is|has been) blocked\\b.*',
  ).map((p) => ({ ...p, as: 'blocked' as const })),
]

/** The registry says that such a name cannot be. */
export const INVALID: readonly Phrase[] = phrases(
  '-7: ?%?\\s*invalid pattern\\b.*', // whois.eu
  '(error:? ?)?(\\d+:? ?)?invalid (domain|domain name|name|label|pattern)\\b.{0,80}',
  '(error:? ?)?(\\d+:? ?)?(the |this )?(domain )?name ({name} )?is (not valid|invalid)\\b.{0,80}',
  'this domain (name )?cannot be registered because it contravenes the nominet uk\\b.*',
  '(error:? ?)?the domain name contains\\b.{0,80}(invalid|illegal|too many)\\b.*',
)

/** The registry denies having the name. */
export const FREE: readonly Phrase[] = phrases(
  '(no|nothing) match(es)?( found)? for (the )?(domain |query |name )?(name )?{name}( in .{0,60})?',
  'no match(es)?( found)? for (domain|query)',
  'not found(: ?{name})?',
  '(domain )?{whole}(:| -)? (is )?(free|available|not registered|not found|no existe|no match|domain not found)',
  '(domain )?{whole} is available for (registration|purchase)',
  '(the |sorry, but )?(requested )?domain( name)?:? ?({name},? )?(unknown|(has not been|is not|was not|does not|doesn.t|not)( yet)? ?(found|registered|exists?))( in (the )?.{0,40}(database|registry))?',
  'domain (name )?{name} does not exist in (the )?database',
  'this domain name has not been registered',
  '(error:? ?)?(101:? ?)?(no|nothing) ((data|entry|entries|objects?|records?|information|domain) )?found( in .{0,60})?',
  '(error:? ?)?(no|nothing) ((entry|entries|objects?|records?) )?found for (the |this )?(selected )?(source|sources|source\\(s\\)|query)',
  '(error:? ?)?(no|nothing) ((entry|entries|objects?|records?) )?found for (the )?((query|domain) )?{name}',
  '(error:? ?)?103:? ?domain is not registered',
  'the queried object does not exist(: ?(domain not found|no matching objects found|{name}))?',
  '(no_se_encontro_el_objeto\\/)?object[ _](does not exist|not[ _]found)',
  'no matching (record|records|objects?)( found)?',
  'no such domain( {name})?',
  'no domain records were found to match {name}',
  'no data was found to match the request criteria',
  'no information (available )?(about|on) (the )?domain (name )?{name}( in the .{0,60})?',
  'there is no information available on the domain consulted',
  'we do not have an entry in our database matching your query',
  'el dominio no se encuentra registrado en nic argentina',
  'nincs tal[aá]lat ?\\/ ?no match',
  '(the )?requested domain was not found in the registry or registrar.s whois server',
  'not registered( - {name})?',
  'data not found\\. this domain is available for registration',
)
