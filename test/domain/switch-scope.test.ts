import { describe, expect, it } from 'vitest'
import { parseSwitchScope } from '../../src/domain/switch-scope.ts'

describe('parseSwitchScope', () => {
  it.each([
    ['all', 'all'],
    [' registry:verisign ', 'registry:verisign'],
    ['extension:.fr', 'extension:fr'],
    ['accreditation:vigie@afnic', 'accreditation:vigie@afnic'],
    ['channel:epp', 'channel:epp'],
    ['name:Café.eu', 'name:xn--caf-dma.eu'],
  ])('reads %j as %s', (typed, scope) => {
    expect(parseSwitchScope(typed)).toEqual({ ok: true, value: scope })
  })

  it.each([
    ['', 'A scope is all, or one of'],
    ['everything', 'A scope is all, or one of'],
    ['registry:nominet', 'registry is one of verisign'],
    ['extension:dev', 'extension is one of com'],
    ['accreditation:', 'The key of accreditation holds letters'],
    ['channel:ovh', 'channel is one of epp'],
    ['name:maison', 'A name has a label and an extension'],
    ['name:maison.dev', 'maison.dev is under none of our extensions'],
  ])('refuses %j and names the rule', (typed, message) => {
    const read = parseSwitchScope(typed)
    expect(read.ok ? null : read.problems[0]).toMatchObject({
      field: 'scope',
      rule: 'switch-scope',
    })
    expect(read.ok ? '' : read.problems[0]!.message).toContain(message)
  })
})
