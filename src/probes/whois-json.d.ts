declare module 'whois-json/parse-raw-data.js' {
  /** Lines `Key: value` as camel-case keys; repeated keys are joined by a space. */
  const parseRawData: (text: string) => Record<string, string>
  export = parseRawData
}
