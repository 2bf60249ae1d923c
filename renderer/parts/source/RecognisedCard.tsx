// What was read: which kind of list, how sure that is, and each thing that was detected, with the choice to say otherwise.
import { Field, makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, QuestionCircleRegular } from '@fluentui/react-icons'
import { delimiters, encodings, type FileSource, type Reading } from '../../../shared/draft.ts'
import { confidenceWords } from '../../../shared/mapping.ts'
import { counted, size } from '../../words.ts'
import { Card } from '../Card.tsx'
import { Badge, type Tone, useTones } from '../tones.tsx'

const useStyles = makeStyles({
  head: { display: 'flex', gap: '12px', alignItems: 'flex-start' },
  icon: { fontSize: '24px', flexShrink: 0 },
  words: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px', minWidth: 0 },
  line: { margin: '2px 0 0', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  choices: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(210px, 100%), 1fr))',
    gap: '8px 16px',
    marginTop: '4px'
  },
  // A long name of a sheet is cut rather than drawn over the edge.
  choice: { minWidth: 0, '& select': { minWidth: 0, width: '100%', textOverflow: 'ellipsis' } },
  label: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 }
})

/** A confidence as the mapping page says it, with its tone. */
const sureness = {
  sure: { words: 'Sure', tone: 'done' },
  likely: { words: 'Likely', tone: 'working' },
  'a guess': { words: 'A guess', tone: 'asleep' }
} as const satisfies Record<string, { words: string; tone: Tone }>

const delimiterNames: Readonly<Record<(typeof delimiters)[number], string>> = {
  ',': 'Commas',
  ';': 'Semicolons',
  '\t': 'Tabs',
  '|': 'Vertical bars'
}

const formats: Readonly<Record<FileSource['format'], string>> = {
  text: 'text file',
  workbook: 'Excel workbook',
  json: 'JSON'
}

interface ChoiceProps<T extends string> {
  readonly label: string
  /** What is in use now. */
  readonly current: T
  /** Whether a person chose it. */
  readonly chosen: boolean
  readonly options: readonly (readonly [T, string])[]
  readonly disabled: boolean
  onChoose(value: T | undefined): void
}

/** One detected thing. The first option hands it back to detection. */
function Detected<T extends string>({ label, current, chosen, options, disabled, onChoose }: ChoiceProps<T>) {
  const styles = useStyles()
  const now = options.find(([value]) => value === current)?.[1] ?? current
  // To choose what is detected anyway would change nothing.
  const others = options.filter(([value]) => chosen || value !== current)
  return (
    <Field
      className={styles.choice}
      label={{ children: `${label} (${chosen ? 'chosen' : 'detected'})`, className: styles.label }}
    >
      <Select
        value={chosen ? current : ''}
        disabled={disabled}
        onChange={(_, { value }) => onChoose(options.find(([one]) => one === value)?.[0])}
      >
        <option value="">{chosen ? 'Detect it' : now}</option>
        {others.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** Lines that may be chosen as notes: the first few, and how many there are now. */
const skips = (now: number): readonly (readonly [string, string])[] =>
  [...new Set([...Array.from({ length: 21 }, (_, count) => count), now])].map((count) => [
    String(count),
    count === 0 ? 'None' : counted(count, 'line')
  ])

interface CardProps {
  readonly source: FileSource
  readonly busy: boolean
  onRead(options: Reading): void
}

/** The choices with one part changed; undefined leaves it to detection. */
function withPart<P extends keyof Reading>(chosen: Reading, part: P, value: Reading[P] | undefined): Reading {
  const { [part]: _, ...rest } = chosen
  return value === undefined ? (rest as Reading) : { ...chosen, [part]: value }
}

function Choices({ source, busy, onRead }: CardProps) {
  const styles = useStyles()
  const { chosen, encoding, delimiter, sheets, skipped, header } = source
  const disabled = busy || !source.atHand
  const common = <P extends keyof Reading>(part: P) => ({ chosen: chosen[part] !== undefined, disabled })
  const read = <P extends keyof Reading>(part: P, value: Reading[P] | undefined): void =>
    onRead(withPart(chosen, part, value))
  return (
    <div className={styles.choices}>
      {encoding !== null && (
        <Detected
          {...common('encoding')}
          label="Encoding"
          current={encoding}
          options={encodings.map((one) => [one, one])}
          onChoose={(value) => read('encoding', value)}
        />
      )}
      {delimiter !== null && (
        <Detected
          {...common('delimiter')}
          label="Cells are separated by"
          current={delimiter}
          options={delimiters.map((one) => [one, delimiterNames[one]])}
          onChoose={(value) => read('delimiter', value)}
        />
      )}
      {sheets.length > 1 && (
        <Detected
          {...common('sheet')}
          label="Sheet"
          current={sheets[0] ?? ''}
          options={sheets.map((one) => [one, one])}
          onChoose={(value) => read('sheet', value)}
        />
      )}
      {source.format !== 'json' && (
        <>
          <Detected
            {...common('skip')}
            label="Notes above the list"
            current={String(skipped)}
            options={skips(skipped)}
            onChoose={(value) => read('skip', value === undefined ? undefined : Number(value))}
          />
          <Detected
            {...common('header')}
            label="First line of the list"
            current={header ? 'titles' : 'computer'}
            options={[
              ['titles', 'Column headings'],
              ['computer', 'Already a computer']
            ]}
            onChoose={(value) => read('header', value === undefined ? undefined : value === 'titles')}
          />
        </>
      )}
    </div>
  )
}

export function RecognisedCard(props: CardProps) {
  const styles = useStyles()
  const tones = useTones()
  const { source } = props
  const { words, confidence } = source.recognised
  const sure = sureness[confidenceWords(confidence)]
  const known = source.recognised.kind !== 'unknown'
  const Icon = known ? CheckmarkCircleFilled : QuestionCircleRegular
  const facts = [source.name, size(source.bytes), formats[source.format], counted(source.lines, 'line')]
  return (
    <Card>
      <div className={styles.head} data-recognised>
        <Icon className={mergeClasses(styles.icon, tones[known ? 'done' : 'quiet'])} aria-hidden />
        <div>
          <div className={styles.words}>
            <strong>{known ? `Recognised: ${words}` : words}</strong>
            {known && <Badge tone={sure.tone}>{sure.words}</Badge>}
            {source.exported && <Badge tone="working">Exported by another solution</Badge>}
          </div>
          <p className={styles.line}>{facts.join(', ')}</p>
          {source.earlier.length > 0 && <p className={styles.line}>Merged onto {source.earlier.join(', ')}</p>}
          {!source.atHand && (
            <p className={styles.line}>
              The wizard was restarted since. To read the file in another way, choose it again; the computers stay as
              they are.
            </p>
          )}
        </div>
      </div>
      <Choices {...props} />
    </Card>
  )
}
