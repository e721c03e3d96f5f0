#!/usr/bin/env node
/**
 * The command line `vigie`. Output for machines is JSON, one object a line, on standard output; messages go to standard
 * error. Exit status: 0 done, 1 failed, 2 wrong usage. Each command is loaded when it is asked for.
 */
import { existsSync, readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { Command, CommanderError, Option } from 'commander'
import { CAPTURE_STATES, MISS_REASONS } from '../src/domain/capture-state.ts'
import { EXTENSIONS } from '../src/domain/name.ts'
import { SOURCES } from '../src/domain/observation.ts'
import * as typed from './cli/arguments.ts'
import { isTold, WrongUsage } from './cli/failure.ts'
import { tell } from './cli/output.ts'

const program = new Command('vigie')
  .description('Watches domain names that somebody else holds, and registers them when they drop.')
  .version(versionHere())
  .showHelpAfterError('Add --help for what it takes.')
  .configureOutput({
    outputError: (text, write) => write(text.replace(/^error: /, 'vigie: ')),
  })
  // What follows a subcommand is its own: both `order` and `order show` know --json.
  .enablePositionalOptions()
  .exitOverride()

const examples = (...lines: string[]) =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`
const json = () => new Option('--json', 'print JSON, one object a line')

program.addHelpText(
  'after',
  `
Vigie is found by DATABASE_URL, else in VIGIE_HOME (default .vigie) where "npm start" runs.
Exit status: 0 done, 1 failed, 2 wrong usage.`,
)

const order = program
  .command('order')
  .description('place an order for a pack, or show one')
  .argument('<file>', 'JSON as the API takes it; - for standard input')
  .option('--wait', 'wait until every line is classified, for five minutes at most')
  .addOption(json())
  .action(async (file, options) => (await import('./cli/order.ts')).runOrder(file, options))
  .addHelpText(
    'after',
    examples(
      'vigie order order.json --wait',
      `echo '{"reference":"A-1","nicHandle":"ab12345-ovh","pack":"international-france","label":"my-brand"}' | vigie order -`,
      'vigie order show A-1',
    ),
  )
order
  .command('show')
  .description('show an order with its lines')
  .argument('<ref|id>', 'the order system’s reference, or the id')
  .addOption(json())
  .action(async (key, options) => (await import('./cli/order.ts')).showOrder(key, options))

const watch = program.command('watch').description('list, pause, resume or cancel watches')
watch
  .command('list')
  .description('watches, oldest first: their order of precedence')
  .option('--name <name>', 'of this name', typed.readName)
  .addOption(
    new Option('--state <state>', 'in this state').choices([
      'open',
      'paused',
      'won',
      'cancelled',
      'ended',
    ]),
  )
  .addOption(json())
  .action(async (options) => (await import('./cli/watch.ts')).runWatchList(options))
  .addHelpText(
    'after',
    examples('vigie watch list --state open', 'vigie watch list --name my-brand.com'),
  )
for (const [action, description] of [
  ['pause', 'look no more until it is resumed'],
  ['resume', 'look again'],
  ['cancel', 'end it for good'],
] as const)
  watch
    .command(action)
    .description(description)
    .argument('<id>', 'of the watch', typed.readId)
    .addOption(json())
    .action(async (id, options) =>
      (await import('./cli/watch.ts')).runWatchAction(id, action, options),
    )

const captures = program.command('captures').description('list captures, or tell one race whole')
captures
  .command('list')
  .description('captures, newest first')
  .addOption(new Option('--extension <extension>', 'of this one').choices(EXTENSIONS))
  .addOption(
    new Option('--outcome <outcome>', 'that ended so').choices([...CAPTURE_STATES, 'under-way']),
  )
  .addOption(new Option('--reason <reason>', 'missed for this reason').choices(MISS_REASONS))
  .option('--from <instant>', 'from this day or instant on', typed.readInstant)
  .option('--to <instant>', 'before this day or instant', typed.readInstant)
  .addOption(json())
  .action(async (options) => (await import('./cli/captures.ts')).runCapturesList(options))
  .addHelpText(
    'after',
    examples(
      'vigie captures list --outcome lost --from 2026-11-01',
      'vigie captures list --json --reason beaten | jq .gapMs',
    ),
  )
captures
  .command('show')
  .description('the whole story of one race: window, shots, every attempt, outcome')
  .argument('<id>', 'of the capture', typed.readId)
  .addOption(json())
  .action(async (id, options) => (await import('./cli/captures.ts')).runCapturesShow(id, options))

program
  .command('forecast')
  .description('when watched names can drop, and when they are looked at next')
  .argument('<name...>', 'watched names', typed.readNames)
  .addOption(json())
  .action(async (names, options) => (await import('./cli/forecast.ts')).runForecast(names, options))
  .addHelpText('after', examples('vigie forecast my-brand.com my-brand.fr'))

program
  .command('probe')
  .description('look at names now, and print each observation as JSON')
  .argument('<name...>', 'names to look at', typed.readNames)
  .option(
    '--source <source>',
    `a way of looking, may be repeated: ${SOURCES.join(', ')} (epp opens a session)`,
    typed.readSources,
  )
  .option('--rdap-base <url>', 'ask this RDAP server', typed.readUrl)
  .option('--whois-server <host:port>', 'ask this WHOIS server', typed.readHostPort)
  .option('--das-server <host:port>', 'ask this availability server (.eu, .be)', typed.readHostPort)
  .option('--dns-server <host:port>', 'ask this name server of the zone', typed.readHostPort)
  .action(async (names, options) => (await import('./cli/probe.ts')).runProbe(names, options))
  .addHelpText(
    'after',
    `
Servers named here are asked at most once a second, and need no running installation.
${examples(
  'vigie probe my-brand.com my-brand.fr',
  'vigie probe my-brand.com --rdap-base http://127.0.0.1:8430/',
  'vigie probe my-brand.be --source das --source epp',
)}`,
  )

program
  .command('read')
  .description('judge recorded answers: one JSON object a line in, one out')
  .action(async () => {
    const { runRead } = await import('./read.ts')
    process.exitCode = await runRead(process.stdin, process.stdout)
  })
  .addHelpText(
    'after',
    examples(
      `echo '{"id":1,"source":"whois","name":"a.com","body":"No match for \\"A.COM\\"."}' | vigie read`,
    ),
  )

program
  .command('sandbox')
  .description('run the registry in a box alone')
  .option('--record <dir>', 'write each received EPP frame to this folder, passwords masked')
  .option('--world <file>', 'JSON with what is to differ from the default world')
  .option('--seed <n>', 'whole number that all chance follows from')
  .option('--now <instant>', 'what the clock shows at the first start')
  .option('--speed <x>', 'seconds of its clock in a real second, or "leap" over the dull days')
  .option('--state <dir>', 'keep books, clock and certificates here, and go on from them')
  .option('--label <label>', 'tell the world’s stories for this label')
  .action(async (options) => (await import('./sandbox.ts')).runSandbox(options))
  .addHelpText(
    'after',
    `
Its first line of output says where everything listens; SIGTERM ends it.
${examples('vigie sandbox --speed leap --label my-brand')}`,
  )

for (const [verb, stopped, description] of [
  ['stop', true, 'stop creates, now'],
  ['go', false, 'let creates go again'],
] as const)
  program
    .command(verb)
    .description(description)
    .argument('<scope>', 'all, or kind:key', typed.readScope)
    .requiredOption('--reason <text>', 'why, for those who come after', typed.readText)
    .addOption(json())
    .action(async (scope, options) =>
      (await import('./cli/switch.ts')).runSwitch(scope, stopped, options),
    )
    .addHelpText(
      'after',
      `
Kinds: registry, extension, accreditation, channel, name.
${examples(
  `vigie ${verb} all --reason "incident 42"`,
  `vigie ${verb} extension:fr --reason "AFNIC maintenance"`,
)}`,
    )

const token = program
  .command('token')
  .description('create, list or revoke API tokens; alone, create one with all scopes')
token
  .command('create', { isDefault: true })
  .description('create a token and print its secret, once')
  .option('--name <name>', 'who will use it', typed.readText, 'command line')
  .option('--scope <scope...>', 'orders, support, ops:read, ops:act (all)')
  .addOption(json())
  .action(async (options) => (await import('./cli/token.ts')).runTokenCreate(options))
  .addHelpText('after', examples('vigie token create --name shop --scope orders'))
token
  .command('list')
  .description('all tokens, without their secrets')
  .addOption(json())
  .action(async (options) => (await import('./cli/token.ts')).runTokenList(options))
token
  .command('revoke')
  .description('take a token back')
  .argument('<id>', 'of the token', typed.readId)
  .addOption(json())
  .action(async (id, options) => (await import('./cli/token.ts')).runTokenRevoke(id, options))

program
  .command('doctor')
  .description('look into everything Vigie needs, and say how to mend what is wrong')
  .addOption(json())
  .action(async (options) => (await import('./cli/doctor.ts')).runDoctor(options))

/** A reader that has seen enough, such as `head`, is no fault. */
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code === 'EPIPE') process.exit(0)
  throw fault
})

try {
  await program.parseAsync()
} catch (fault) {
  process.exitCode = statusOf(fault)
}

/** Tells a fault. @returns the exit status that it means. */
function statusOf(fault: unknown): number {
  // Commander has told its own already; asking for help is none.
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2
  tell(isTold(fault) ? fault.message : inspect(fault))
  return fault instanceof WrongUsage ? 2 : 1
}

/** `package.json` stands at the top of the package, both for the source and for what is built from it. */
function versionHere(): string {
  const file = ['../package.json', '../../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
  return file ? JSON.parse(readFileSync(file, 'utf8')).version : 'unknown'
}
