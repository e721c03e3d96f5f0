import { labelOf } from '../domain/name.ts'
import type { Probe } from '../domain/observation.ts'
import { undetermined } from './answer.ts'
import { readDas } from './das-read.ts'
import type { Endpoints } from './endpoints.ts'
import { type ProbeDeps, pacedProbe } from './paced-probe.ts'
import { askOverTcp } from './tcp.ts'
import { decodeText } from './text.ts'

/** A DAS answer is a few lines. */
const MOST_BYTES = 8 * 1024

/** Asks a registry's Domain Availability Service (.eu, .be): whether a name is taken, and little else. */
export const dasProbe = ({ endpoints, ...deps }: ProbeDeps & { endpoints: Endpoints }): Probe =>
  pacedProbe('das', deps, async ({ name, extension, policy, send }) => {
    const server = extension && endpoints.das(extension)
    if (!server || !policy?.das) return undetermined('no DAS is known for the extension')
    const query = policy.das.value.query
      .replaceAll('$name', name)
      .replaceAll('$label', labelOf(name))
    const body = await send((signal) =>
      askOverTcp(server, `${query}\r\n`, { signal, maxBytes: MOST_BYTES }),
    )
    return readDas(decodeText(body), name)
  })
