"""The field app as a page that installs from the county's own address and starts without any network.

`python -m field_app.app_site` (`make app`) builds it into `.build/app`; the county's server serves that folder at
`/app/`. docs/adr/0018-app-without-a-store.md says why it is built so, docs/app.md what it can and cannot do.
"""
