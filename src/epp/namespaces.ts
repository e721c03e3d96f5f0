/**
 * The XML namespaces of EPP and its extensions. Each key is also the prefix that `render` of `xml.ts` writes and declares
 * by itself; `epp` is the default namespace and needs no prefix.
 */
export const NS = {
  epp: 'urn:ietf:params:xml:ns:epp-1.0',
  eppcom: 'urn:ietf:params:xml:ns:eppcom-1.0',
  /** RFC 5731. */
  domain: 'urn:ietf:params:xml:ns:domain-1.0',
  /** RFC 5732. */
  host: 'urn:ietf:params:xml:ns:host-1.0',
  /** RFC 5733. */
  contact: 'urn:ietf:params:xml:ns:contact-1.0',
  /** RFC 3915. */
  rgp: 'urn:ietf:params:xml:ns:rgp-1.0',
  /** RFC 5910. */
  secDNS: 'urn:ietf:params:xml:ns:secDNS-1.1',
  /** RFC 8748. */
  fee: 'urn:ietf:params:xml:ns:epp:fee-1.0',
  /** RFC 8807. */
  loginSec: 'urn:ietf:params:xml:ns:epp:loginSec-1.0',
  /** RFC 8334. */
  launch: 'urn:ietf:params:xml:ns:launch-1.0',
  /** RFC 8495. */
  allocationToken: 'urn:ietf:params:xml:ns:allocationToken-1.0',
  /** draft-ietf-eppext-idnmap: `idn:data` with a table and the U-label. */
  idn: 'urn:ietf:params:xml:ns:idn-1.0',
  /** Verisign: which TLD a command is for. */
  namestoreExt: 'http://www.verisign-grs.com/epp/namestoreExt-1.1',
  /** Verisign: the language tag of an IDN. */
  idnLang: 'http://www.verisign.com/epp/idnLang-1.0',
  /** AFNIC. */
  frnic: 'http://www.afnic.fr/xml/epp/frnic-2.0',
  /** EURid, in the version we know best; `dialects/eurid.ts` knows which others we speak. */
  domainExt: 'http://www.eurid.eu/xml/epp/domain-ext-2.6',
  domainExt25: 'http://www.eurid.eu/xml/epp/domain-ext-2.5',
  domainExt24: 'http://www.eurid.eu/xml/epp/domain-ext-2.4',
  contactExt: 'http://www.eurid.eu/xml/epp/contact-ext-1.3',
  euridIdn: 'http://www.eurid.eu/xml/epp/idn-1.0',
  /** DNS Belgium. */
  dnsbe: 'http://www.dns.be/xml/epp/dnsbe-1.0',
} as const

/** A prefix that `render` knows. */
export type Prefix = keyof typeof NS
