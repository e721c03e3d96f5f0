import type { CaptureState } from '../domain/capture-state.ts'
import type { DomainName } from '../domain/name.ts'
import type { NameRow } from '../store/names.ts'
import type { LineState } from '../store/schema/customers.ts'
import { Icon } from './icon.tsx'
import { CAPTURE_WORDS, LINE_WORDS, partsOf, stageWords } from './words.ts'

/** A name as people write it, leading to its page; its extension stands back a little. */
export const NameLink = ({ name }: { name: DomainName }) => (
  <a class="name" href={`/names/${name}`}>
    <NameText name={name} />
  </a>
)

export const NameText = ({ name }: { name: DomainName }) => {
  const { label, extension } = partsOf(name)
  return (
    <>
      {label}
      <span class="extension">{extension}</span>
    </>
  )
}

export const StageBadge = ({ row }: { row: Pick<NameRow, 'state' | 'phase'> }) => (
  <span class={`badge stage-${row.phase ?? row.state}`}>{stageWords(row)}</span>
)

export const CaptureBadge = ({ state }: { state: CaptureState }) => (
  <span class={`badge capture-${state}`}>
    <Icon name={CAPTURE_WORDS[state].icon} />
    {CAPTURE_WORDS[state].words}
  </span>
)

export const LineBadge = ({ state }: { state: LineState }) => (
  <span class={`badge line-${state}`}>
    <Icon name={LINE_WORDS[state].icon} />
    {LINE_WORDS[state].words}
  </span>
)

/** Whether a capture stands ready for a name. */
export const ArmedBadge = ({ state }: { state: CaptureState | null }) =>
  state ? <CaptureBadge state={state} /> : <span class="badge unarmed">not armed yet</span>
