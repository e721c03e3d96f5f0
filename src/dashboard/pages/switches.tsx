import { EXTENSIONS } from '../../domain/name.ts'
import { REGISTRIES } from '../../domain/policy/policy.ts'
import type { Problem } from '../../domain/problem.ts'
import { scopeWords } from '../../events/words.ts'
import type { Switch } from '../../store/switches.ts'
import { Icon } from '../icon.tsx'
import { type Page, Region } from '../layout.tsx'
import { Relative } from '../time.tsx'

export type SwitchBoard = {
  switches: readonly Switch[]
  /** Whether the visitor may press anything. */
  mayAct: boolean
  /** What was wrong with the form just sent, and what it held. */
  problems: readonly Problem[]
  typed: { scope: string; reason: string }
}

export const switchesPage = (board: SwitchBoard, now: Date): Page => ({
  title: 'Stop switches',
  section: '/switches',
  live: board.switches.length > 0 ? board.switches.map(({ scope }) => `switch:${scope}`) : ['*'],
  body: (
    <>
      <h1>Stop switches</h1>
      <p class="why">
        Every create first reads these switches; a stopped scope sends none. Looks go on.
      </p>
      <Notice problems={board.problems} />
      <Region id="switches" title={stateWords(board.switches)}>
        {board.switches.length > 0 ? (
          <ul class="switches">
            {board.switches.map((it) => (
              <Row it={it} mayAct={board.mayAct} now={now} />
            ))}
          </ul>
        ) : (
          <p class="empty">
            No switch was ever set. A scope that is stopped is listed here, with who stopped it and
            why.
          </p>
        )}
      </Region>
      {board.mayAct && <StopForm typed={board.typed} />}
    </>
  ),
})

function stateWords(switches: readonly Switch[]): string {
  const stopped = switches.filter((it) => it.stopped).length
  if (stopped === 0) return 'Nothing is stopped'
  return stopped === 1 ? '1 scope is stopped' : `${stopped} scopes are stopped`
}

const Notice = ({ problems }: { problems: readonly Problem[] }) =>
  problems.length === 0 ? null : (
    <div class="notice" role="alert">
      {problems.map(({ field, message }) => (
        <p>
          <strong>{field}</strong>: {message}
        </p>
      ))}
    </div>
  )

const Row = ({ it, mayAct, now }: { it: Switch; mayAct: boolean; now: Date }) => (
  <li>
    <div>
      <p class="badges">
        <span class={`badge ${it.stopped ? 'capture-undetermined' : ''}`}>
          <Icon name={it.stopped ? 'stopped' : 'won'} />
          {it.stopped ? 'stopped' : 'may go'}
        </span>
        <strong>{it.scope}</strong> {scopeWords(it.scope)}
      </p>
      <p class="detail">
        {it.reason}{' '}
        <small>
          By {it.by}, <Relative at={it.at} now={now} />
        </small>
      </p>
    </div>
    {mayAct && (
      <form method="post" action="/switches">
        <input type="hidden" name="scope" value={it.scope} />
        <input type="hidden" name="action" value={it.stopped ? 'go' : 'stop'} />
        <label>
          <span>Reason</span>
          <input name="reason" required maxlength={200} />
        </label>
        <button type="submit" class={it.stopped ? undefined : 'stop'}>
          {it.stopped ? 'Let go again' : 'Stop'}
        </button>
      </form>
    )}
  </li>
)

const SCOPES = [
  'all',
  ...REGISTRIES.map((registry) => `registry:${registry}`),
  ...EXTENSIONS.map((extension) => `extension:${extension}`),
  'channel:epp',
]

const StopForm = ({ typed }: { typed: SwitchBoard['typed'] }) => (
  <section id="stop" data-region aria-labelledby="stop-title">
    <header class="region-head">
      <h2 id="stop-title">Stop something else</h2>
    </header>
    <form class="act" method="post" action="/switches">
      <input type="hidden" name="action" value="stop" />
      <label for="scope">
        <span>Scope</span>
        <input
          id="scope"
          name="scope"
          list="scopes"
          required
          maxlength={300}
          value={typed.scope}
          placeholder="extension:fr, name:maison.com"
        />
      </label>
      <datalist id="scopes">
        {SCOPES.map((scope) => (
          <option value={scope}>{scopeWords(scope)}</option>
        ))}
      </datalist>
      <label for="reason">
        <span>Reason</span>
        <input id="reason" name="reason" required maxlength={200} value={typed.reason} />
      </label>
      <button type="submit" class="stop">
        Stop
      </button>
    </form>
  </section>
)
