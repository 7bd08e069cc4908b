"""Rule packs: laws and local agreements as TOML files, each with its source and examples."""
