// The tour of practice mode: on each page, the one thing to try there.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { type HelpPage, help } from '../../shared/help.ts'
import { useHelp } from '../helpStore.ts'
import { focusTitle } from './regions.ts'

export function PracticeTour({ page }: { readonly page: HelpPage }) {
  const { tour, showTour } = useHelp()
  if (!tour) return null
  return (
    <MessageBar intent="info" layout="multiline" data-tour={page}>
      <MessageBarBody>
        <MessageBarTitle>Try this.</MessageBarTitle> {help[page].practise}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            aria-label="Hide the tour"
            icon={<DismissRegular />}
            onClick={() => {
              focusTitle()
              showTour(false)
            }}
          />
        }
      />
    </MessageBar>
  )
}
