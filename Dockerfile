# hjelp as a container: one static program and nothing else.
#
#   docker build -t hjelp . && docker run --rm -v "$PWD:/site" -u "$(id -u):$(id -g)" hjelp build
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --features full --locked && cp target/release/hjelp /hjelp && mkdir /empty

FROM scratch
COPY --from=build /hjelp /usr/bin/hjelp
# A program that writes its cache or a temporary file needs the folder to exist; `scratch` has none.
COPY --from=build --chmod=1777 /empty /tmp
WORKDIR /site
ENTRYPOINT ["/usr/bin/hjelp"]
CMD ["--help"]
