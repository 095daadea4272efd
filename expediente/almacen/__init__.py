"""El disco: la única capa que importa yaml."""
