import fc from 'fast-check'
import type { DomainName } from '../../src/domain/name.ts'
import {
  type Finding,
  type Observation,
  type Registration,
  SOURCES,
  type Source,
} from '../../src/domain/observation.ts'
import { PHASES } from '../../src/domain/phase.ts'
import { POLICIES } from '../../src/domain/policy/policies.ts'
import { EPP_STATUSES, RGP_STATUSES } from '../../src/domain/status.ts'

/** The moment that tests take for now. */
export const NOW = new Date('2026-11-23T12:00:00Z')
export const DAY_MS = 86_400_000

export const NOTHING_SAID: Registration = {
  roid: null,
  statuses: [],
  stage: null,
  createdAt: null,
  updatedAt: null,
  expiresAt: null,
  deletedAt: null,
  releaseAt: null,
  sponsor: null,
  sponsorIanaId: null,
  deletedByRegistry: false,
}

/** An observation `secondsAgo` before `NOW`. */
export const seen = (source: Source, secondsAgo: number, finding: Finding): Observation => ({
  name: 'example.com' as DomainName,
  source,
  host: `${source}:verisign`,
  at: new Date(NOW.getTime() - secondsAgo * 1000),
  tookMs: 20,
  ...finding,
})

export const anyPolicy = fc.constantFrom(...Object.values(POLICIES))
export const anyStatus = fc.constantFrom(...EPP_STATUSES, ...RGP_STATUSES)
export const anyInstant = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true })

const maybeInstant = fc.option(anyInstant('2024-01-01', '2029-01-01'), { nil: null })

export const anyRegistration: fc.Arbitrary<Registration> = fc.record({
  roid: fc.constantFrom(null, 'A-1', 'B-2'),
  statuses: fc.uniqueArray(anyStatus, { maxLength: 4 }),
  stage: fc.option(fc.constantFrom(...PHASES), { nil: null }),
  createdAt: maybeInstant,
  updatedAt: maybeInstant,
  expiresAt: maybeInstant,
  deletedAt: maybeInstant,
  releaseAt: maybeInstant,
  sponsor: fc.constantFrom(null, 'Registrar One'),
  sponsorIanaId: fc.constantFrom(null, '292'),
  deletedByRegistry: fc.boolean(),
})

const SILENT: readonly Finding[] = [
  { kind: 'throttled', retryAt: null, reason: 'HTTP 429' },
  { kind: 'undetermined', reason: 'timeout' },
  { kind: 'undelegated' },
]
export const anySilence: fc.Arbitrary<Finding> = fc.constantFrom(...SILENT)

export const anyFinding: fc.Arbitrary<Finding> = fc.oneof(
  anySilence,
  fc.constantFrom<Finding>(
    { kind: 'available' },
    { kind: 'absent' },
    { kind: 'reserved', as: 'premium', reason: 'premium name' },
    { kind: 'invalid', reason: 'bad label' },
    { kind: 'dropzone' },
    { kind: 'delegated' },
  ),
  anyRegistration.map((registration): Finding => ({ kind: 'registered', registration })),
)

export const anyObservation: fc.Arbitrary<Observation> = fc
  .tuple(fc.constantFrom(...SOURCES), fc.integer({ min: 0, max: 3600 }), anyFinding)
  .map(([source, secondsAgo, finding]) => seen(source, secondsAgo, finding))
