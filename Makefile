DATA ?= ../shared/phi-data
RUNS ?= 10
MINUTES ?= 30
FROM ?= HEAD~60

.PHONY: run install test bench growth soak faults upgrade drill eval train sbom ci setup format clean

run:     ## the embedded form with a demo clinic and issuer
	@compose/demo/run.sh

install: ## programs, systemd units and settings on Debian: PREFIX, DESTDIR, FORM=production|embedded (docs/debian.md)
	@compose/systemd/install.sh

test: setup    ## everything: build, format, unit, integration, end to end
	@.ci/test.sh

bench:   ## direct, bare YARP, embedded and RabbitMQ forms in one run, as installed; then masking and policy on one core
	@rm -rf artifacts/rooms && compose/publish.sh artifacts/rooms edge policy approval masking recorder console host
	@dotnet build Pipeline.sln -c Release -v q && CHAPERONE_TEST_ROOMS=artifacts/rooms dotnet run -c Release --no-build --project tests/loadrun
	@dotnet run -c Release --no-build --project tests/benchmarks -- masking docs/masking-performance.md
	@dotnet run -c Release --no-build --project tests/benchmarks -- policy docs/policy-performance.md
	@dotnet run -c Release --no-build --project tests/benchmarks -- evidence docs/evidence-performance.md

growth:  ## what a call costs as rules, servers, payload, idle streams and records grow; writes its parts of docs/growth.md
	@dotnet run -c Release --project tests/loadrun -- growth

soak:    ## MINUTES (30) of mixed load on the embedded form: heap, handles, backlogs; writes its part of docs/growth.md
	@dotnet run -c Release --project tests/loadrun -- soak $(MINUTES)

faults:  ## breaks things under load, RUNS times each (10), and writes docs/reliability.md; fills a disk, so it needs root
	@dotnet build tests/faults -c Release -v q && dotnet run -c Release --no-build --project tests/faults -- --runs $(RUNS) --write

upgrade: ## replaces the rooms of an older version (FROM, default the commit of 60 before) one by one under load, in both orders
	@tests/faults/upgrade.sh $(FROM)

drill:   ## backup under load, loss of everything, restore, proof (docs/runbooks.md)
	@dotnet build tests/faults -c Release -v q && dotnet run -c Release --no-build --project tests/faults -- --drill

eval:    ## recall and precision of masking per identifier on the labelled data of DATA; writes docs/masking-quality.md
	@dotnet run -c Release --project tests/eval -- --data $(DATA) --out docs/masking-quality.md

train:   ## the tagger's weights, from DATA and the word lists of packages; ships what comes out
	@tests/training/fetch.sh && dotnet run -c Release --project tests/training -- --data $(DATA) --all

sbom:    ## CycloneDX lists of the packages that the services (host) and the command are made of, in sbom/
	@dotnet tool restore && for part in host/Chaperone.Host cli/Chaperone.Cli; do \
	  dotnet dotnet-CycloneDX services/$$part.csproj --output sbom --output-format Json --filename $$(basename $$part).cdx.json || exit 1; done

ci: test    ## what a build machine does

setup:   ## what the tests need, on Debian
	@.ci/setup.sh

format:
	@dotnet format Pipeline.sln

clean:   ## what was built; .demo/ with the trial's records stays
	@rm -rf TestResults BenchmarkDotNet.Artifacts artifacts tests/npm/node_modules
	@find services tests compose -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
