"""Lo que dice el manual: reglas puras, sin disco, reloj ni pantalla."""
