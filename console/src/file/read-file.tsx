/** The dossier as far as it is for the reader: child, papers, recipients. */
import { Link } from 'wouter';
import type { CaseView } from '../api/types';
import { RelationText } from '../parts/child';
import { TaskHeading } from '../commands/task-page';
import { Fact, Name, Panel, Reference } from '../parts/parts';
import { Day } from '../parts/when';
import { paths } from '../paths';
import { fill, useWords } from '../words/use-words';
import { ReadCarer, ReadDescription } from './read-description';
import { Names } from './read-names';

export function ReadFile({
  view,
  edit,
}: {
  readonly view: CaseView;
  readonly edit: (() => void) | undefined;
}) {
  const words = useWords();
  const { child, documents = [], recipients = [] } = view.dossier ?? {};
  const { file } = words;
  return (
    <>
      <TaskHeading view={view} title={words.case.file}>
        <p className="note">{fill(words.decide.dossier, { n: view.dossierVersion ?? 1 })}</p>
      </TaskHeading>
      <div className="stack form">
        <Panel id="child" title={file.child}>
          <dl className="facts">
            <Names names={child?.names} />
            {child?.birthDate && (
              <Fact name={file.birth}>
                <Birth birth={child.birthDate} />
              </Fact>
            )}
            {child?.sex && <Fact name={file.sex}>{words.values.sex[child.sex]}</Fact>}
            {child && <ReadDescription child={child} />}
            {child?.whereabouts?.place && (
              <Fact name={file.whereabouts}>
                <Name>{child.whereabouts.place}</Name>
                {child.whereabouts.facility && (
                  <small>
                    <Name>{child.whereabouts.facility}</Name>
                  </small>
                )}
              </Fact>
            )}
            {child?.presentCarer && <ReadCarer carer={child.presentCarer} />}
            {child?.healthNeeds?.map(({ need, support }) => (
              <Fact key={need} name={file.health}>
                <Name>{need}</Name>
                {support && (
                  <small>
                    <Name>{support}</Name>
                  </small>
                )}
              </Fact>
            ))}
            {child?.view && (
              <Fact name={file.view}>
                “<Name>{child.view.text}</Name>”
              </Fact>
            )}
          </dl>
        </Panel>
        <Panel id="documents" title={file.documents}>
          <dl className="facts">
            {documents.map(({ id, kind, number, issuedBy, expiresOn }) => (
              <Fact key={id} name={kind ? words.values.paper[kind] : id}>
                {number && <Reference>{number}</Reference>} {issuedBy && <Name>{issuedBy}</Name>}
                {expiresOn && (
                  <small>
                    {words.case.validUntil} <Day day={expiresOn} short />
                  </small>
                )}
              </Fact>
            ))}
          </dl>
        </Panel>
        {recipients.map((recipient) => (
          <Panel key={recipient.id} id={recipient.id ?? 'recipient'} title={words.case.recipient}>
            <dl className="facts">
              {recipient.kind && (
                <Fact name={file.recipientKind}>{words.values.recipientKind[recipient.kind]}</Fact>
              )}
              <Names names={recipient.names} />
              {recipient.kinship && (
                <Fact name={file.relation}>
                  <RelationText kinship={recipient.kinship} />
                </Fact>
              )}
              {recipient.birthDate && (
                <Fact name={file.birth}>
                  <Birth birth={recipient.birthDate} />
                </Fact>
              )}
              {recipient.custody?.map(({ basis, validUntil }) => (
                <Fact key={basis} name={file.custody}>
                  {words.values.custody[basis]}
                  {validUntil && (
                    <small>
                      {words.case.validUntil} <Day day={validUntil} short />
                    </small>
                  )}
                </Fact>
              ))}
              {recipient.consentMissing && (
                <Fact name={file.consentMissing}>
                  {words.values.consentMissing[recipient.consentMissing]}
                </Fact>
              )}
              {recipient.contact?.telephone && (
                <Fact name={file.telephone}>
                  <Reference>{recipient.contact.telephone}</Reference>
                </Fact>
              )}
            </dl>
          </Panel>
        ))}
        <div className="row">
          {edit && (
            <button type="button" className="act" data-rank="first" onClick={edit}>
              {words.commands.reviseDossier.act}
            </button>
          )}
          <Link className="act" href={paths.case(view.id)}>
            {words.form.toCase}
          </Link>
        </div>
      </div>
    </>
  );
}

type BirthDate =
  { readonly exact: string } | { readonly estimated: { readonly from: string; readonly to: string } };
function Birth({ birth }: { readonly birth: BirthDate }) {
  if ('exact' in birth) return <Day day={birth.exact} />;
  return (
    <>
      <Day day={birth.estimated.from} /> – <Day day={birth.estimated.to} />
    </>
  );
}
