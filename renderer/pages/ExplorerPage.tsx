// Explorer: what one device says of itself, class by class; it reads and never writes.
import { Button, Field, Input, makeStyles, Radio, RadioGroup, Spinner, tokens } from '@fluentui/react-components'
import { ArrowLeftRegular, CopyRegular, EyeRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import type { Job } from '../../shared/job.ts'
import { asked } from '../bridge.ts'
import { useNotice } from '../noticeStore.ts'
import { Card } from '../parts/Card.tsx'
import { Title } from '../parts/Title.tsx'
import { usePlace } from '../placeStore.ts'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end' },
  grow: { flexGrow: 1 },
  name: { minWidth: '340px', '@media (max-width: 480px)': { minWidth: '0' } },
  answer: {
    margin: 0,
    padding: '12px 14px',
    flexGrow: 1,
    flexBasis: 0,
    minHeight: '200px',
    overflow: 'auto',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` }
  }
})

type Operation = 'get' | 'enumerate'

/** The names that can be chosen; others may be typed. */
function useClasses(): readonly string[] {
  const [classes, setClasses] = useState<readonly string[]>([])
  useEffect(() => {
    void asked('device.classes', {}).then((answer) => answer && setClasses(answer.classes))
  }, [])
  return classes
}

export function ExplorerPage({ importId, job }: { readonly importId: string; readonly job: Job }) {
  const styles = useStyles()
  const classes = useClasses()
  const [name, setName] = useState('AMT_GeneralSettings')
  const [operation, setOperation] = useState<Operation>('get')
  const [text, setText] = useState('')
  const [reading, setReading] = useState(false)
  const read = async (): Promise<void> => {
    setReading(true)
    const answer = await asked('device.read', { importId, jobId: job.id, class: name.trim(), operation })
    setReading(false)
    setText(answer?.text ?? '')
  }
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    useNotice.getState().say('Copied.')
  }
  return (
    <>
      <Title intro={`What the device of ${job.computer.name} says of itself. This only reads; secrets are struck out.`}>
        Explorer
      </Title>
      <Card>
        <div className={styles.bar}>
          <Field label="Class">
            <Input
              className={styles.name}
              list="classes"
              spellCheck={false}
              value={name}
              onChange={(_, data) => setName(data.value)}
              onKeyDown={(event) => event.key === 'Enter' && void read()}
            />
          </Field>
          <datalist id="classes">
            {classes.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <RadioGroup
            layout="horizontal"
            aria-label="Operation"
            value={operation}
            onChange={(_, data) => setOperation(data.value === 'enumerate' ? 'enumerate' : 'get')}
          >
            <Radio value="get" label="One instance (Get)" />
            <Radio value="enumerate" label="All instances (Enumerate)" />
          </RadioGroup>
          <span className={styles.grow} />
          <Button
            appearance="primary"
            icon={<EyeRegular />}
            disabled={reading || name.trim() === ''}
            onClick={() => void read()}
          >
            Read
          </Button>
          <Button icon={<CopyRegular />} disabled={text === ''} onClick={() => void copy()}>
            Copy
          </Button>
          <Button icon={<ArrowLeftRegular />} onClick={() => usePlace.getState().goBack()}>
            Back
          </Button>
        </div>
      </Card>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.answer} tabIndex={0} aria-label="Answer" data-answer={name}>
        {reading ? <Spinner size="tiny" label="Reading" /> : text === '' ? 'Choose a class and press Read.' : text}
      </section>
    </>
  )
}
